//! Routes that are described as they are made.

use super::Doc;
use crate::http::{App, cors};
use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, any, on};
use std::sync::Arc;

/// One method of one route.
#[derive(Clone, Debug)]
pub(in crate::http) struct Operation {
    /// In lower case, as OpenAPI names it.
    pub(super) method: &'static str,
    /// With its parameters, as OpenAPI writes them.
    pub(super) path: String,
    pub(super) doc: Doc,
}

/// A router, and what is said about its routes.
#[derive(Default)]
pub(in crate::http) struct Routes {
    router: Router<Arc<App>>,
    operations: Vec<Operation>,
}

impl Routes {
    /// Without any route.
    pub(in crate::http) fn new() -> Self {
        Self::default()
    }

    /// Answers GET, and HEAD with it.
    pub(in crate::http) fn get<H: Handler<T, Arc<App>>, T: 'static>(self, path: &str, handler: H, doc: Doc) -> Self {
        self.on(path, MethodFilter::GET, "get", handler, doc)
    }

    /// Answers POST.
    pub(in crate::http) fn post<H: Handler<T, Arc<App>>, T: 'static>(self, path: &str, handler: H, doc: Doc) -> Self {
        self.on(path, MethodFilter::POST, "post", handler, doc)
    }

    /// Answers PUT.
    pub(in crate::http) fn put<H: Handler<T, Arc<App>>, T: 'static>(self, path: &str, handler: H, doc: Doc) -> Self {
        self.on(path, MethodFilter::PUT, "put", handler, doc)
    }

    /// Answers DELETE.
    pub(in crate::http) fn delete<H: Handler<T, Arc<App>>, T: 'static>(self, path: &str, handler: H, doc: Doc) -> Self {
        self.on(path, MethodFilter::DELETE, "delete", handler, doc)
    }

    /// Answers OPTIONS: a browser's question whether a page may ask.
    pub(in crate::http) fn options<H: Handler<T, Arc<App>>, T: 'static>(self, path: &str, handler: H) -> Self {
        let doc = Doc::new("Trackers", "Whether a page may send").empty(204, "It may");
        self.on(path, MethodFilter::OPTIONS, "options", handler, doc)
    }

    /// Answers every method alike, but for the browser's question whether a page may ask; GET and POST are described.
    pub(in crate::http) fn any<H: Handler<T, Arc<App>>, T: 'static>(self, path: &str, handler: H, doc: Doc) -> Self {
        let path_there = path.replace("{*", "{");
        let described = ["get", "post"].map(|method| Operation { method, path: path_there.clone(), doc: doc.clone() });
        let mut routes = Self { router: self.router.route(path, any(handler).options(cors::preflight)), operations: self.operations };
        routes.operations.extend(described);
        routes
    }

    /// Those of both.
    pub(in crate::http) fn merge(mut self, other: Self) -> Self {
        self.operations.extend(other.operations);
        Self { router: self.router.merge(other.router), operations: self.operations }
    }

    /// The same with something around the router.
    pub(in crate::http) fn around(self, change: impl FnOnce(Router<Arc<App>>) -> Router<Arc<App>>) -> Self {
        Self { router: change(self.router), operations: self.operations }
    }

    /// What is said about them, in the order they were made.
    pub(in crate::http) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The router.
    pub(in crate::http) fn into_router(self) -> Router<Arc<App>> {
        self.router
    }

    fn on<H: Handler<T, Arc<App>>, T: 'static>(
        mut self,
        path: &str,
        filter: MethodFilter,
        method: &'static str,
        handler: H,
        doc: Doc,
    ) -> Self {
        // The rest of a path is one parameter there.
        self.operations.push(Operation { method, path: path.replace("{*", "{"), doc });
        Self { router: self.router.route(path, on(filter, handler)), operations: self.operations }
    }
}
