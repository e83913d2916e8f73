//! One file a page: what it reads from the store and which template lays it out.

pub(crate) mod about;
pub(crate) mod actor;
pub(crate) mod article;
pub(crate) mod atom;
pub(crate) mod correct;
pub(crate) mod correct_story;
pub(crate) mod development;
pub(crate) mod developments;
pub(crate) mod feeds;
pub(crate) mod follow;
pub(crate) mod follows;
pub(crate) mod front;
pub(crate) mod keys;
pub(crate) mod login;
pub(crate) mod offline;
pub(crate) mod outlets;
pub(crate) mod places;
pub(crate) mod positions;
pub(crate) mod problem;
pub(crate) mod said;
pub(crate) mod said_export;
pub(crate) mod search;
pub(crate) mod site;
pub(crate) mod story;
