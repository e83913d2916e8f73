//! Pages for what did not work, and the same as JSON under `/api`.

use crate::Problem;
use crate::house::House;
use crate::page::{self, Chrome};
use askama::Template;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    chrome: Chrome,
    status: u16,
    heading: &'static str,
    sentence: String,
}

/// To a person, whatever it was that the parser missed.
const UNREAD: &str =
    "This address is not whole, or a part of it cannot be read. Go back and follow the link again.";

/// The answer to a request for `path` that ran into `problem`.
pub(crate) fn answer(house: &House, path: &str, problem: &Problem) -> Response {
    if let Problem::Store(error) = problem {
        tracing::error!(%error, path, "store not read");
    }
    let is_program = path.starts_with("/api/");
    let sentence = match problem {
        Problem::Unread(_) if !is_program => UNREAD.to_owned(),
        _ => sentence(problem),
    };
    let mut response = if is_program {
        Json(serde_json::json!({ "error": sentence })).into_response()
    } else if matches!(problem, Problem::SignIn) {
        return Redirect::to("/login").into_response();
    } else {
        laid_out(house, problem, sentence)
    };
    *response.status_mut() = problem.status();
    if let Problem::TooMany(wait) = problem {
        let seconds = HeaderValue::from(wait.as_secs().max(1));
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

/// The problem as a sentence, with what to do.
fn sentence(problem: &Problem) -> String {
    let mut sentence = problem.to_string();
    if let Problem::Store(_) | Problem::Layout(_) = problem {
        // The cause is for the log: it may name files.
        sentence = "this is our fault, not yours; the operator finds the cause in the log".into();
    }
    if let Some(first) = sentence.chars().next() {
        sentence.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

fn laid_out(house: &House, problem: &Problem, sentence: String) -> Response {
    let (status, heading) = (problem.status().as_u16(), problem.heading());
    let chrome = Chrome::new(house, heading, "").unlisted();
    match page::render(&ProblemPage { chrome, status, heading, sentence }) {
        Ok(html) => page::private(html),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
