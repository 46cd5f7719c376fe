//! The document.

use super::doc::{Access, Answer, Doc};
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
    let mut parameters: Vec<Value> = path_parameters(path)
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string", "minLength": 1}}))
        .collect();
    parameters.extend(doc.query.iter().map(
        |(name, meaning, required, schema)| json!({"name": name, "in": "query", "description": meaning, "required": required, "schema": schema}),
    ));
    let mut json = json!({
        "summary": doc.summary,
        "tags": [doc.tag],
        "operationId": operation_id(method, path),
        "security": security(doc.access),
        "parameters": parameters,
        "responses": responses(doc),
    });
    if let Some((media_type, required, schema)) = &doc.body {
        json["requestBody"] = json!({"required": required, "content": {*media_type: {"schema": schema}}});
    }
    json
}

fn responses(doc: &Doc) -> Value {
    let answer = |Answer { status, meaning, content }: &Answer| {
        let mut answer = json!({"description": meaning});
        if !content.is_empty() {
            let content: Map<String, Value> =
                content.iter().map(|(name, schema)| ((*name).to_owned(), json!({"schema": schema}))).collect();
            answer["content"] = Value::Object(content);
        }
        (status.to_string(), answer)
    };
    Value::Object(doc.answers.iter().map(answer).collect())
}

fn security(access: Access) -> Value {
    match access {
        Access::Open => json!([]),
        Access::SignIn => json!([{"signIn": []}]),
        Access::Key => json!([{"key": []}]),
        Access::SignInOrKey => json!([{"signIn": []}, {"key": []}]),
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
