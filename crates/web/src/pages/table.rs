//! Values as CSV for spreadsheets, and answers that a browser saves as a file.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A line of RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub(crate) fn line(cells: &[String]) -> String {
    let cells: Vec<String> =
        cells.iter().map(|cell| format!("\"{}\"", harmless(cell).replace('"', "\"\""))).collect();
    format!("{}\r\n", cells.join(","))
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

/// `content` to be saved as `name.ending`.
pub(crate) fn attachment(content_type: &'static str, name: &str, ending: &str, content: Vec<u8>) -> Response {
    let mut response = crate::page::kept(content_type, content.into()).into_response();
    if let Ok(named) = HeaderValue::try_from(format!("attachment; filename=\"{name}.{ending}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, named);
    }
    response
}
