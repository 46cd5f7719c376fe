//! The document.

use super::doc::{Access, Answer, Body, Doc};
use super::{Operation, schemas};
use serde_json::{Map, Value, json};

/// The OpenAPI document of these operations.
pub(in crate::http) fn document(operations: &[Operation]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let path = paths.entry(operation.path.clone()).or_insert_with(|| json!({}));
        path[operation.method] = described(operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Footfall",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Web analytics. Reports are asked with a key (Authorization: Bearer KEY); pages belong to who is signed in.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas::all(),
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer"},
                "signIn": {"type": "apiKey", "in": "cookie", "name": "footfall"},
            },
        },
    })
}

fn described(Operation { method, path, doc }: &Operation) -> Value {
    let mut parameters: Vec<Value> = path_parameters(path).map(|name| part(doc, name)).collect();
    parameters.extend(doc.query.iter().map(
        |(name, meaning, required, schema)| json!({"name": name, "in": "query", "description": meaning, "required": required, "schema": schema}),
    ));
    let mut json = json!({
        "summary": doc.summary,
        "tags": [doc.tag],
        "operationId": operation_id(method, path),
        "security": security(doc.access),
        "x-carried": doc.carried.name(),
        "parameters": parameters,
        "responses": responses(doc),
    });
    if let Some(Body { media_type, required, schema, example }) = &doc.body {
        let mut content = json!({"schema": schema});
        if let Some(example) = example {
            content["example"] = example.clone();
        }
        json["requestBody"] = json!({"required": required, "content": {*media_type: content}});
    }
    json
}

/// A part of the path.
fn part(doc: &Doc, name: &str) -> Value {
    let mut part = json!({"name": name, "in": "path", "required": true, "schema": {"type": "string", "minLength": 1}});
    if let Some((_, meaning, schema)) = doc.parts.iter().find(|(known, ..)| *known == name) {
        part["schema"] = schema.clone();
        part["description"] = (*meaning).into();
    } else if name == "domain" {
        part["schema"]["examples"] = json!(["example.com"]);
        part["description"] = "The site's domain".into();
    }
    part
}

fn responses(doc: &Doc) -> Value {
    let answer = |Answer { status, meaning, content }: &Answer| {
        let mut answer = json!({"description": meaning});
        if !content.is_empty() {
            let content: Map<String, Value> =
                content.iter().map(|(name, schema)| ((*name).to_owned(), json!({"schema": schema}))).collect();
            answer["content"] = Value::Object(content);
        }
        let headers = headers(doc, *status);
        if !headers.is_empty() {
            answer["headers"] = Value::Object(headers);
        }
        (status.to_string(), answer)
    };
    Value::Object(doc.answers.iter().map(answer).collect())
}

/// What an answer carries beside its body. What a key may still ask is told where the operator has set a limit.
fn headers(doc: &Doc, status: u16) -> Map<String, Value> {
    let header = |meaning: &str, required: bool, schema: Value| json!({"description": meaning, "required": required, "schema": schema});
    let mut headers = Map::new();
    if doc.is_limited && status < 500 {
        headers.insert(
            "RateLimit-Policy".into(),
            header("How much the key may ask, and in how many seconds", false, schemas::like("\"hour\";q=6000;w=3600")),
        );
        headers
            .insert("RateLimit".into(), header("What is left of it, and when more will be", false, schemas::like("\"hour\";r=5999;t=1")));
    }
    let by_key = doc.access != Access::SignIn && doc.tag != "Forms";
    match status {
        303 | 308 => headers.insert("Location".into(), header("Where", true, schemas::text())),
        401 if by_key => headers.insert("WWW-Authenticate".into(), header("A key is wanted", true, schemas::like("Bearer"))),
        429 => headers.insert("Retry-After".into(), header("Seconds to wait", true, schemas::number())),
        503 => headers.insert("Retry-After".into(), header("Seconds to wait, where that is known", false, schemas::number())),
        _ => None,
    };
    headers
}

fn security(access: Access) -> Value {
    match access {
        Access::Open => json!([]),
        Access::Anybody => json!([{}, {"signIn": []}]),
        Access::SignIn => json!([{"signIn": []}]),
        Access::Key => json!([{"key": []}]),
        Access::AnybodyOrKey => json!([{}, {"signIn": []}, {"key": []}]),
        Access::InsideOrKey => json!([{}, {"key": []}]),
    }
}

/// `get /{domain}/settings` is `get_domain_settings`.
fn operation_id(method: &str, path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(method).chain(words).collect::<Vec<_>>().join("_")
}

fn path_parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

#[cfg(test)]
mod tests {
    use super::super::Routes;
    use super::*;

    #[test]
    fn a_route_says_what_it_takes_and_answers() {
        let doc = Doc::json("Three of them", schemas::number())
            .access(Access::Key)
            .needs("n", "How many", schemas::number())
            .problem(404, "None");
        let routes = Routes::new().get("/a/{b}/{*rest}", async || "", doc);
        let document = document(routes.operations());
        let get = &document["paths"]["/a/{b}/{rest}"]["get"];
        assert_eq!(get["operationId"], "get_a_b_rest");
        assert_eq!(get["parameters"].as_array().map(Vec::len), Some(3));
        assert_eq!(get["responses"]["404"]["content"]["application/problem+json"]["schema"]["$ref"], "#/components/schemas/Problem");
        assert_eq!(get["security"], json!([{"key": []}]));
        assert_eq!(document["openapi"], "3.1.0");
    }
}
