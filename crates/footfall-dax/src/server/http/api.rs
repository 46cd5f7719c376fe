//! DynamoDB's JSON API: what is modelled goes through the caches, everything else on to DynamoDB as it came.

use super::{Body, admission, body};
use crate::json;
use crate::server::Shared;
use crate::server::metrics::Front;
use crate::server::upstream::{Answer, unavailable};
use crate::wire::error::DynamoError;
use crate::wire::model::{Capacity, ReadOptions, Request as Asked, Response as Answered, ReturnCapacity, Units};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use std::sync::Arc;
use std::time::Instant;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const CHECKSUM: HeaderName = HeaderName::from_static("x-amz-crc32");
const JSON: HeaderValue = HeaderValue::from_static("application/x-amz-json-1.0");

pub(super) async fn answer(request: Request<Incoming>, shared: &Arc<Shared>) -> Response<Body> {
    let counts = shared.metrics.front(Front::Http);
    let (head, incoming) = request.into_parts();
    let strange = |error: DynamoError| {
        counts.refused_signatures.add(1);
        refuse(&error)
    };
    let mut started = Instant::now();
    let response = match admission::claim(&head, shared) {
        Ok(claim) => {
            let read = body::read(incoming, shared).await;
            started = Instant::now();
            match read {
                Ok((body, _place)) => match claim.check(&head, &body) {
                    Ok(()) => admitted(&head.headers, body, shared).await,
                    Err(error) => strange(error),
                },
                Err(error) => refuse(&error),
            }
        }
        // Before anything is kept of a body: who names no key of ours gets no room here.
        Err(error) => strange(error),
    };
    counts.requests.add(1);
    counts.failed_requests.add(u64::from(!response.status().is_success()));
    counts.seconds.observe(started.elapsed());
    response
}

async fn admitted(headers: &HeaderMap, body: Bytes, shared: &Arc<Shared>) -> Response<Body> {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let Some((service, operation)) = target.split_once('.').filter(|(service, _)| is_dynamodb(service)) else {
        return refuse(&DynamoError::client("UnknownOperationException", ""));
    };
    let asked = match serde_json::from_slice(&body) {
        Ok(words) if service == "DynamoDB_20120810" => json::read_request(operation, &words).ok(),
        _ => None,
    };
    // What is not understood entirely DynamoDB answers, or refuses in its own words.
    let Some(asked) = asked.map(Arc::new) else { return forward(target, operation, body, shared).await };
    match shared.service.handle(&asked, Front::Http).await {
        Ok(mut answered) => {
            say_nothing_was_used(&asked, &mut answered);
            respond(StatusCode::OK, json::write_response(&answered).to_string().into())
        }
        Err(error) => refuse(&error),
    }
}

/// Only services behind the same endpoint get this server's signature.
fn is_dynamodb(service: &str) -> bool {
    service.starts_with("DynamoDB_") || service.starts_with("DynamoDBStreams_")
}

async fn forward(target: &str, operation: &str, body: Bytes, shared: &Arc<Shared>) -> Response<Body> {
    match handed_on(target, operation, body, shared).await {
        Ok(answer) => {
            let mut response = Response::new(Full::new(answer.body));
            *response.status_mut() = answer.status;
            for name in [header::CONTENT_TYPE, REQUEST_ID, CHECKSUM] {
                if let Some(value) = answer.headers.get(&name) {
                    response.headers_mut().insert(name, value.clone());
                }
            }
            response
        }
        Err(error) => refuse(&error),
    }
}

/// In a task of its own: what it changes is known to the caches even if the caller leaves.
async fn handed_on(target: &str, operation: &str, body: Bytes, shared: &Arc<Shared>) -> Result<Answer, DynamoError> {
    let (service, target, operation) = (Arc::clone(&shared.service), target.to_owned(), operation.to_owned());
    let task = tokio::spawn(async move { service.forward(&target, &operation, body).await });
    match task.await {
        Ok(answer) => answer.map_err(|failure| unavailable(&failure)),
        Err(_ended_badly) => Err(DynamoError::internal("the request ended without an answer")),
    }
}

/// Who asks what a read cost is told: nothing, when DynamoDB was not asked.
fn say_nothing_was_used(asked: &Asked, answered: &mut Answered) {
    let page = |table: &str, options: &ReadOptions| (table.to_owned(), options.capacity);
    let (table, wanted) = match asked {
        Asked::GetItem(get) => (get.table.clone(), get.capacity),
        Asked::Query(query) => page(&query.table, &query.options),
        Asked::Scan(scan) => page(&scan.table, &scan.options),
        _ => return,
    };
    let capacity = match answered {
        Answered::GetItem(output) => &mut output.capacity,
        Answered::Page(output) => &mut output.capacity,
        _ => return,
    };
    if wanted != ReturnCapacity::None && capacity.is_none() {
        let table_units = (wanted == ReturnCapacity::Indexes).then(Units::default);
        *capacity = Some(Capacity { table_name: table, table: table_units, ..Capacity::default() });
    }
}

fn refuse(error: &DynamoError) -> Response<Body> {
    let (status, body) = json::write_error(error);
    respond(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), body.to_string().into())
}

fn respond(status: StatusCode, body: Bytes) -> Response<Body> {
    let checksum = crc32fast::hash(&body);
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, JSON);
    headers.insert(CHECKSUM, checksum.into());
    headers.insert(REQUEST_ID, request_id());
    response
}

/// As long and of the characters as DynamoDB's own.
fn request_id() -> HeaderValue {
    const LENGTH: usize = 52;
    let id: String = std::iter::repeat_with(|| fastrand::alphanumeric().to_ascii_uppercase()).take(LENGTH).collect();
    HeaderValue::try_from(id).expect("letters and digits are a header's value")
}
