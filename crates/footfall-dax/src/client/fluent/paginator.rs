//! Pages of query and scan, one after another.

use super::{QueryFluentBuilder, ScanFluentBuilder};
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::query::{QueryError, QueryOutput};
use aws_sdk_dynamodb::operation::scan::{ScanError, ScanOutput};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_async::future::pagination_stream::fn_stream::FnStream;
use std::collections::HashMap;

macro_rules! paginator {
    ($fluent:ident, $paginator:ident, $items:ident, $output:ident, $error:ident) => {
        impl $fluent {
            /// All pages, one after another.
            pub fn into_paginator(self) -> $paginator {
                $paginator { request: self, stop_on_duplicate_token: true }
            }
        }

        /// Asks for one page after another.
        pub struct $paginator {
            request: $fluent,
            stop_on_duplicate_token: bool,
        }

        impl $paginator {
            /// How many items a page reads at most; replaces `limit`.
            pub fn page_size(mut self, limit: i32) -> Self {
                self.request = self.request.limit(limit);
                self
            }

            /// Whether to stop when a page ends where it began, which would go on for ever. Yes unless told otherwise.
            pub fn stop_on_duplicate_token(mut self, stop: bool) -> Self {
                self.stop_on_duplicate_token = stop;
                self
            }

            /// The items of all pages.
            pub fn items(self) -> $items {
                $items(self)
            }

            /// The pages; each is asked for when it is taken. An error ends them.
            pub fn send(self) -> PaginationStream<Result<$output, SdkError<$error>>> {
                let Self { mut request, stop_on_duplicate_token } = self;
                PaginationStream::new(FnStream::new(move |pages| {
                    Box::pin(async move {
                        loop {
                            let start = request.as_input().get_exclusive_start_key().clone();
                            let page = request.clone().send().await;
                            let next = page.as_ref().ok().and_then(|page| page.last_evaluated_key.clone());
                            let stuck = stop_on_duplicate_token && next == start;
                            // Whoever took the pages has gone away.
                            if pages.send(page).await.is_err() {
                                return;
                            }
                            match next {
                                Some(key) if !key.is_empty() && !stuck => request = request.set_exclusive_start_key(Some(key)),
                                _ => return,
                            }
                        }
                    })
                }))
            }
        }

        /// The items of all pages.
        pub struct $items($paginator);

        impl $items {
            /// The items, one after another. An error ends them.
            pub fn send(self) -> PaginationStream<Result<HashMap<String, AttributeValue>, SdkError<$error>>> {
                let mut pages = self.0.send();
                PaginationStream::new(FnStream::new(move |items| {
                    Box::pin(async move {
                        while let Some(page) = pages.next().await {
                            match page {
                                Err(error) => {
                                    // Nobody to tell when the receiver has gone away.
                                    let _ = items.send(Err(error)).await;
                                    return;
                                }
                                Ok(page) => {
                                    for item in page.items.unwrap_or_default() {
                                        if items.send(Ok(item)).await.is_err() {
                                            return;
                                        }
                                    }
                                }
                            }
                        }
                    })
                }))
            }
        }
    };
}

paginator!(QueryFluentBuilder, QueryPaginator, QueryPaginatorItems, QueryOutput, QueryError);
paginator!(ScanFluentBuilder, ScanPaginator, ScanPaginatorItems, ScanOutput, ScanError);
