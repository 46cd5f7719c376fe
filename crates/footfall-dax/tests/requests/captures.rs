//! Frames that the official clients sent (Python 2.1.0, Node 3.1.0), read, and compared with the calls that made them.
//!
//! The calls are written as DynamoDB's JSON, so both ways in must understand the same.

use super::known_tables;
use footfall_dax::json;
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::requests::*;
use footfall_dax::wire::{KnownNames, Method};
use serde_json::{Value as Json, json};

/// A call, and the frames it became: of the Python client, then of the Node client.
struct Call {
    operation: &'static str,
    parameters: Json,
    python: &'static str,
    node: &'static str,
}

fn names() -> KnownNames {
    let mut names = known_tables();
    names.lists.add(2, vec!["alpha".into(), "beta".into()]).expect("it is the first list");
    names
}

fn calls() -> Vec<Call> {
    let key = || json!({ "pk": { "S": "u#1" }, "sk": { "N": "42" } });
    let other_key = || json!({ "pk": { "S": "u#1" }, "sk": { "N": "43" } });
    let item = || json!({ "pk": { "S": "u#1" }, "sk": { "N": "42" }, "alpha": { "S": "hi" }, "beta": { "N": "7" } });
    let call = |operation, parameters, python, node| Call { operation, parameters, python, node };
    let transaction = |more: Json| {
        let mut parameters = json!({ "TransactItems": [
            { "Put": { "TableName": "agg", "Item": item(), "ConditionExpression": "attribute_not_exists(pk)",
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD" } },
            { "Update": { "TableName": "agg", "Key": other_key(), "UpdateExpression": "SET beta = :o",
                "ExpressionAttributeValues": { ":o": { "N": "1" } } } },
        ] });
        if let (Json::Object(parameters), Json::Object(mut more)) = (&mut parameters, more) {
            parameters.append(&mut more);
        }
        parameters
    };
    vec![
        call(
            "GetItem",
            json!({ "TableName": "agg", "Key": key(), "ReturnConsumedCapacity": "TOTAL" }),
            "011a0fb0cc6a436167674863752331c26c0010bf0301ff",
            "011a0fb0cc6a436167674863752331c26c0010bf0301ff",
        ),
        call(
            "GetItem",
            json!({ "TableName": "agg", "Key": key(), "ProjectionExpression": "alpha, m.#x[3], beta",
                "ExpressionAttributeNames": { "#x": "y.z" } }),
            "011a0fb0cc6a436167674863752331c26c0010bf030000581e820183821265616c7068618412616d63792e7ad90cfc038212646265746101a162237863792e7aff",
            "011a0fb0cc6a436167674863752331c26c0010bf00581e820183821265616c7068618412616d63792e7ad90cfc0382126462657461ff",
        ),
        call(
            "PutItem",
            json!({ "TableName": "agg", "Item": item() }),
            "013a7d8e7e56436167674863752331c26c0010450262686907bf0300ff",
            "013a7d8e7e56436167674863752331c26c0010450262686907bfff",
        ),
        call(
            "PutItem",
            json!({ "TableName": "agg", "Item": item(), "ReturnValues": "ALL_OLD" }),
            "013a7d8e7e56436167674863752331c26c0010450262686907bf07020300ff",
            "013a7d8e7e56436167674863752331c26c0010450262686907bf0702ff",
        ),
        call(
            "PutItem",
            json!({ "TableName": "agg", "Item": item(), "ConditionExpression": "attribute_not_exists(pk) OR beta < :b",
                "ExpressionAttributeValues": { ":b": { "N": "9.50" } } }),
            "013a7d8e7e56436167674863752331c26c0010450262686907bf03000458256174747269627574655f6e6f745f65786973747328706b29204f522062657461203c203a6204581e83018307820c821262706b83028212646265746182110081c482211903b605a1623a62c482211903b6ff",
            "013a7d8e7e56436167674863752331c26c0010450262686907bf04581e83018307820c821262706b83028212646265746182110081c482211903b6ff",
        ),
        call(
            "UpdateItem",
            json!({ "TableName": "agg", "Key": key(),
                "UpdateExpression": "SET beta = if_not_exists(beta, :z) + :o REMOVE a.b[1] ADD cnt :o DELETE ss :s",
                "ExpressionAttributeValues": { ":z": { "N": "0" }, ":o": { "N": "1" }, ":s": { "SS": ["x"] } } }),
            "011a54f89c0f436167674863752331c26c0010bf03000858488301848313821264626574618318198317821264626574618211008211018216841261616162d90cfc018314821263636e7482110183158212627373821102830001d90cf981617805a3623a6f01623a73d90cf9816178623a7a00ff",
            "011a54f89c0f436167674863752331c26c0010bf0858488301848313821264626574618318198317821264626574618211008211018216841261616162d90cfc018314821263636e7482110183158212627373821102830001d90cf9816178ff",
        ),
        call(
            "UpdateItem",
            json!({ "TableName": "agg", "Key": key(), "UpdateExpression": "SET beta = :o", "ReturnValues": "UPDATED_NEW",
                "ExpressionAttributeValues": { ":o": { "N": "1" } } }),
            "011a54f89c0f436167674863752331c26c0010bf070503000851830181831382126462657461821100810105a1623a6f01ff",
            "011a54f89c0f436167674863752331c26c0010bf070508518301818313821264626574618211008101ff",
        ),
        call(
            "DeleteItem",
            json!({ "TableName": "agg", "Key": key(), "ReturnValues": "ALL_OLD" }),
            "011a3c696221436167674863752331c26c0010bf07020300ff",
            "011a3c696221436167674863752331c26c0010bf0702ff",
        ),
        call(
            "Query",
            json!({ "TableName": "agg", "KeyConditionExpression": "pk = :p AND sk BETWEEN :a AND :b",
                "FilterExpression": "contains(alpha, :p) AND NOT (beta IN (:a, :b)) AND size(alpha) > :a",
                "ExpressionAttributeValues": { ":p": { "S": "u#1" }, ":a": { "N": "1" }, ":b": { "N": "100" } },
                "Limit": 10, "ScanIndexForward": false, "ConsistentRead": true, "ExclusiveStartKey": key() }),
            "013a3781c2ae436167675823830183068300821262706b8211008409821262736b8211018211028363752331011864bf0d0a02010e00094863752331c26c001003000a583c83018306830f821265616c70686182110083068208830a821264626574618282110182110283048210821265616c706861821101836375233101186405a3623a6101623a621864623a7063752331ff",
            "013a3781c2ae436167675823830183068300821262706b8211008409821262736b8211018211028363752331011864bf02010e000d0a094863752331c26c00100a583c830183068306830f821265616c7068618211008208830a821264626574618282110182110283048210821265616c7068618211018363752331011864ff",
        ),
        call(
            "Query",
            json!({ "TableName": "agg", "IndexName": "gsi", "KeyConditionExpression": "gpk = :p",
                "ExpressionAttributeValues": { ":p": { "S": "G" } }, "Select": "ALL_PROJECTED_ATTRIBUTES",
                "ExclusiveStartKey": { "pk": { "S": "u#1" }, "sk": { "N": "42" }, "gpk": { "S": "G" } } }),
            "013a3781c2ae43616767508301830082126367706b821100816147bf0b436773690f020954bf62706b6375233162736b182a6367706b6147ff030005a1623a706147ff",
            "013a3781c2ae43616767508301830082126367706b821100816147bf0b436773690f020954bf62706b6375233162736b182a6367706b6147ffff",
        ),
        call(
            "Query",
            json!({ "TableName": "agg", "KeyConditionExpression": "pk = :p", "ProjectionExpression": "alpha",
                "ExpressionAttributeValues": { ":p": { "S": "G" } } }),
            "013a3781c2ae436167674f83018300821262706b821100816147bf0300004b820181821265616c70686105a1623a706147ff",
            "013a3781c2ae436167674f83018300821262706b821100816147bf004b820181821265616c706861ff",
        ),
        call(
            "Scan",
            json!({ "TableName": "agg", "TotalSegments": 4, "Segment": 1 }),
            "013a6fc8309b43616767bf030011041001ff",
            "013a6fc8309b43616767bf11041001ff",
        ),
        call(
            "BatchGetItem",
            json!({ "RequestItems": { "agg": { "Keys": [key()] } }, "ReturnConsumedCapacity": "TOTAL" }),
            "013a29985cdba16361676783f4f6814863752331c26c0010bf0301ff",
            "013a29985cdba16361676783f4f6814863752331c26c0010bf0301ff",
        ),
        call(
            "BatchGetItem",
            json!({ "RequestItems": { "agg": { "Keys": [key()], "ProjectionExpression": "alpha", "ConsistentRead": true } } }),
            "013a29985cdba16361676783f54b820181821265616c706861814863752331c26c0010bf0300ff",
            "013a29985cdba16361676783f54b820181821265616c706861814863752331c26c0010bf0300ff",
        ),
        call(
            "BatchWriteItem",
            json!({ "RequestItems": { "agg": [{ "PutRequest": { "Item": item() } }, { "DeleteRequest": { "Key": other_key() } }] } }),
            "011a06ed585fa163616767844863752331c26c00104502626869074863752331c26e8010f6bf0300ff",
            "011a06ed585fa163616767844863752331c26c00104502626869074863752331c26e8010f6bfff",
        ),
        call(
            "TransactGetItems",
            json!({ "TransactItems": [{ "Get": { "TableName": "agg", "Key": key() } }, { "Get": { "TableName": "agg", "Key": other_key() } }] }),
            "011a6f3d49db824361676743616767824863752331c26c00104863752331c26e801082f6f6bf0300ff",
            "011a6f3d49db824361676743616767824863752331c26c00104863752331c26e801082f6f6bf0300ff",
        ),
        call(
            "TransactWriteItems",
            transaction(json!({ "ClientRequestToken": "tok" })),
            "013a4524c569820209824361676743616767824863752331c26c00104863752331c26e801082450262686907f6f6820201824a8301820c821262706b80f682f6518301818313821264626574618211008101bf03001363746f6bff",
            "013a4524c569820209824361676743616767824863752331c26c00104863752331c26e801082450262686907f6f6820201824a8301820c821262706b80f682f6518301818313821264626574618211008101bf1363746f6bff",
        ),
        call(
            "TransactWriteItems",
            transaction(json!({ "ReturnItemCollectionMetrics": "SIZE", "ClientRequestToken": "0ec7941e-5268-4ad3-8530-bb307dc988b7" })),
            "013a4524c569820209824361676743616767824863752331c26c00104863752331c26e801082450262686907f6f6820201824a8301820c821262706b80f682f6518301818313821264626574618211008101bf0300060113782430656337393431652d353236382d346164332d383533302d626233303764633938386237ff",
            "013a4524c569820209824361676743616767824863752331c26c00104863752331c26e801082450262686907f6f6820201824a8301820c821262706b80f682f6518301818313821264626574618211008101bf060113782430656337393431652d353236382d346164332d383533302d626233303764633938386237ff",
        ),
    ]
}

#[test]
fn frames_of_the_official_clients_are_the_calls_that_made_them() {
    for Call { operation, parameters, python, node } in calls() {
        let called = json::read_request(operation, &parameters).unwrap();
        for frame in [python, node] {
            let bytes = hex::decode(frame).unwrap();
            let (RawRequest::Data(data), used) = read_request(&bytes).unwrap() else { panic!("{frame} is about items") };
            assert_eq!(used, bytes.len(), "{frame}");
            assert_eq!(data.resolve(&names()).unwrap(), called, "{operation} {frame}");
        }
    }
}

#[test]
fn our_frames_are_those_of_the_node_client_but_for_these() {
    let mut differ = Vec::new();
    for Call { operation, parameters, node, .. } in calls() {
        let mut frame = Writer::new();
        encode_request(&json::read_request(operation, &parameters).unwrap(), &names(), &mut frame).unwrap();
        if hex::encode(frame.into_bytes()) != node {
            differ.push((operation, parameters));
        }
    }
    let reasons: Vec<_> = differ
        .iter()
        .map(|(operation, parameters)| match *operation {
            "PutItem" if parameters["ExpressionAttributeValues"][":b"]["N"] == "9.50" => "a number as it was spelled",
            "Query" if parameters["Limit"] == 10 => "a chain nested to the left",
            "Query" if parameters["IndexName"] == "gsi" => "a paging key in the order of the call",
            "BatchGetItem" | "TransactGetItems" if parameters["ReturnConsumedCapacity"].is_null() => "no capacity asked for, and said so",
            other => other,
        })
        .collect();
    let expected = [
        "a number as it was spelled",
        "a chain nested to the left",
        "a paging key in the order of the call",
        "no capacity asked for, and said so",
        "no capacity asked for, and said so",
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn what_a_frame_needs_is_known_before_it_is_resolved() {
    let put = hex::decode("013a7d8e7e56436167674863752331c26c0010450262686907bfff").unwrap();
    let (RawRequest::Data(data), _) = read_request(&put).unwrap() else { panic!("it is about items") };
    assert_eq!((data.method(), data.tables(), data.lists()), (Method::PutItem, vec!["agg"], vec![2]));
    assert_eq!(data.resolve(&KnownNames::default()).unwrap_err().to_string(), "the key schema of table agg is unknown");
    assert_eq!(data.resolve(&known_tables()).unwrap_err().to_string(), "attribute list 2 is unknown");
    assert!(data.resolve(&names()).is_ok());
}

#[test]
fn requests_about_names_and_nodes_are_read() {
    let read = |frame: &str| match read_request(&hex::decode(frame).unwrap()) {
        Ok((RawRequest::Control(control), _)) => {
            let mut again = Writer::new();
            control.write(&mut again);
            assert_eq!(hex::encode(again.into_bytes()), frame);
            control
        }
        other => panic!("{frame}: {other:?}"),
    };
    assert_eq!(read("011a1b2bcf02"), Control::Endpoints);
    assert_eq!(read("013a2c43e27e43616767"), Control::DefineKeySchema { table: "agg".into() });
    assert_eq!(read("011a27f9bd7102"), Control::DefineAttributeList { id: 2 });
    assert_eq!(read("013a495927bb8265616c7068616462657461"), Control::DefineAttributeListId { names: vec!["alpha".into(), "beta".into()] });
}

#[test]
fn a_connection_begins_with_its_preamble_and_who_it_is() {
    let session = [7; 16];
    let mut bytes = Writer::new();
    encode_preamble(&session, "DaxPythonClient-2.1.0", &mut bytes);
    // As captured from the Python client, but for the session.
    let expected =
        format!("674a37796e6535470050{}a169557365724167656e7475446178507974686f6e436c69656e742d322e312e3000", hex::encode(session));
    assert_eq!(hex::encode(bytes.as_bytes()), expected);
    let preamble = bytes.into_bytes();
    for end in 0..preamble.len() {
        assert_eq!(read_preamble(&preamble[..end]), Err(footfall_dax::wire::WireError::Incomplete));
    }
    let (read, used) = read_preamble(&preamble).unwrap();
    assert_eq!((read.user_agent.as_deref(), used), (Some("DaxPythonClient-2.1.0"), preamble.len()));
    // The Go client's session is a text.
    let go = hex::decode("674a37796e653547006a31323334353637383930a000").unwrap();
    assert_eq!(read_preamble(&go).unwrap(), (Preamble { user_agent: None }, go.len()));
    assert!(matches!(read_preamble(b"GET / HTTP/1.1"), Err(footfall_dax::wire::WireError::Malformed(_))));
}

#[test]
fn authorization_is_followed_by_the_request_it_is_for() {
    let authorize = Control::Authorize(Authorize {
        access_key: "AKIDUMMY".into(),
        signature: "b1b0".into(),
        string_to_sign: b"AWS4-HMAC-SHA256\n20261122T202831Z".to_vec(),
        token: None,
        user_agent: Some("DaxPythonClient-2.1.0".into()),
    });
    let mut bytes = Writer::new();
    authorize.write(&mut bytes);
    let first = bytes.len();
    Control::Endpoints.write(&mut bytes);
    let (read, used) = read_request(bytes.as_bytes()).unwrap();
    assert_eq!((read, used), (RawRequest::Control(authorize), first));
    assert_eq!(read_request(&bytes.as_bytes()[first..]).unwrap().0, RawRequest::Control(Control::Endpoints));
}
