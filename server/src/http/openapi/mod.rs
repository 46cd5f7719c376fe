//! What the server answers, for programs: OpenAPI 3.1, made from the routes themselves. A route cannot be added without a
//! description ([`Routes`]), so none is missing.

mod address;
mod doc;
mod document;
pub(super) mod old_api;
pub(super) mod question;
mod report;
mod routes;
pub(super) mod schemas;
pub(super) mod sites_api;

pub(super) use doc::{Access, Doc};
pub(super) use document::document;
pub(super) use routes::{Operation, Routes};
