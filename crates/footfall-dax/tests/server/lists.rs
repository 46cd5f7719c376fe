//! The numbers of attribute lists: a wrong one would put values under wrong names.

use crate::backend::{Backend, Memory};
use crate::client::Dax;
use crate::world::{World, config, item, key, put};
use footfall_dax::clock::ManualClock;
use footfall_dax::server::Server;
use footfall_dax::wire::model::*;
use footfall_dax::wire::value::Value;
use footfall_dax::wire::{KnownNames, list_id_of};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.into()).collect()
}

#[tokio::test]
async fn numbers_are_the_same_on_every_server_and_in_whatever_order_they_are_asked_for() {
    let backend = Backend::plain(&Memory::new()).await;
    let (first, second) = (World::new(&backend).await, World::new(&backend).await);
    let (mut one, mut other) = (first.dax().await, second.dax().await);
    let lists = [names(&["a", "b"]), names(&["b", "a"]), names(&["a"]), names(&["a", "b", "é"])];
    let mut numbers = Vec::new();
    for list in &lists {
        numbers.push(one.number_of(list.clone()).await);
    }
    for (list, number) in lists.iter().zip(&numbers).rev() {
        assert_eq!(other.number_of(list.clone()).await, *number);
        assert_eq!(other.list(*number).await.as_ref(), Ok(list));
    }
    assert!(numbers.iter().all(|number| (1 << 48..1 << 53).contains(number)), "{numbers:?}");
    assert_eq!(one.number_of(Vec::new()).await, 1);
    assert_eq!(one.list(1).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_client_with_old_numbers_reads_and_writes_right_names_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lists");
    let backend = Backend::plain(&Memory::new()).await;
    let world = World::with(&backend, |config| config.lists_file = Some(file.clone())).await;
    let mut dax = world.dax().await;
    let mut wide = key(1);
    for name in ["zeta", "alpha", "v", "beta"] {
        wide.insert(name.into(), Value::S(name.into()));
    }
    dax.write(&put(2, "two")).await;
    dax.write(&Request::PutItem(PutItem { table: "t".into(), item: wide.clone(), ..PutItem::default() })).await;
    let old = std::mem::take(&mut dax.names);
    world.server.stop().await;

    let world = World::with(&backend, |config| config.lists_file = Some(file)).await;
    let mut dax = Dax { names: old, ..world.dax().await };
    let get = |sk| Request::GetItem(GetItem { table: "t".into(), key: key(sk), ..GetItem::default() });
    let Ok(Response::GetItem(output)) = dax.ask(&get(1)).await else { panic!("an item") };
    assert_eq!(output.item.as_deref(), Some(&wide));
    dax.write(&put(2, "three")).await;
    let Ok(Response::GetItem(output)) = dax.ask(&get(2)).await else { panic!("an item") };
    assert_eq!(output.item.as_deref(), Some(&item(2, "three")));
}

/// The file was lost: the server must not guess.
#[tokio::test]
async fn a_number_nobody_knows_is_refused_and_the_connection_goes_on() {
    let memory = Memory::new();
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    let mut dax = world.dax().await;
    dax.names.lists.add(list_id_of(&["v"]), names(&["v"])).expect("a number");
    assert_eq!(dax.refused(&put(1, "one")).await, "ValidationException");
    assert_eq!(backend.count("PutItem"), 0);
    assert!(dax.list(1 << 50).await.is_err());
    dax.names.lists = KnownNames::default().lists;
    dax.write(&put(1, "one")).await;
    assert_eq!(dax.value(1).await.as_deref(), Some("one"));
}

#[tokio::test]
async fn a_page_of_items_with_many_different_names_is_written() {
    let memory = Memory::new();
    for sk in 0..300 {
        let mut item = serde_json::json!({ "pk": { "S": "p" }, "sk": { "N": sk.to_string() }, "v": { "S": "x" } });
        item[format!("name{sk}")] = serde_json::json!({ "S": "y" });
        memory.put(item);
    }
    let backend = Backend::plain(&memory).await;
    let world = World::new(&backend).await;
    assert_eq!(world.dax().await.page(crate::world::query()).await.len(), 300);
    assert_eq!(world.metric("footfall_dax_attribute_lists_total").await, 300.0);
}

#[tokio::test]
async fn a_file_that_is_no_list_of_lists_is_not_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lists");
    std::fs::write(&file, "something else\n").expect("written");
    let mut config = config("http://127.0.0.1:1", &ManualClock::at(crate::world::NOW));
    config.lists_file = Some(file.clone());
    let error = Server::start(config).await.expect_err("refused");
    assert!(error.to_string().contains("line 1"), "{error}");
    assert_eq!(std::fs::read_to_string(file).expect("read"), "something else\n");
}
