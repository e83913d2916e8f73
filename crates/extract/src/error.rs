//! Why a page was not extracted. Each is a refusal of hostile or useless input, not a fault of the program.

/// A page that was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtractError {
    /// More bytes than an article's page ever has.
    #[error("page has {bytes} bytes, more than the {limit} that are read")]
    TooLarge { bytes: usize, limit: usize },
    /// Elements nested deeper than any real page: tree code would need too much stack or time.
    #[error("page nests elements deeper than {limit}")]
    TooDeep { limit: usize },
    /// More elements than any real page.
    #[error("page has more than {limit} elements")]
    TooManyElements { limit: usize },
    /// One tag with more attributes than any real page has.
    #[error("page has a tag with more than {limit} attributes")]
    TooManyAttributes { limit: usize },
    /// Neither a title nor a text.
    #[error("page holds neither a title nor a text")]
    Nothing,
}
