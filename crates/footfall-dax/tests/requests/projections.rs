//! What a projection leaves of an item.

use super::arbitrary;
use footfall_dax::wire::expr::*;
use footfall_dax::wire::value::{Item, Value};
use proptest::prelude::*;

fn text(text: &str) -> Value {
    Value::S(text.into())
}

fn map<const N: usize>(members: [(&str, Value); N]) -> Item {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn projection(expression: &str) -> Projection {
    parse_projection(expression, &Substitutions::default()).unwrap()
}

fn sample() -> Item {
    map([
        ("a", text("1")),
        ("m", Value::M(map([("x", text("2")), ("y", Value::L(vec![text("3"), text("4")]))]))),
        ("l", Value::L(vec![text("5"), Value::M(map([("z", text("6"))])), text("7")])),
    ])
}

#[test]
fn a_projection_keeps_the_nesting_and_drops_what_is_missing() {
    for (expression, left) in [
        ("a", map([("a", text("1"))])),
        ("a, nosuch", map([("a", text("1"))])),
        ("m.x", map([("m", Value::M(map([("x", text("2"))])))])),
        ("m.y[1]", map([("m", Value::M(map([("y", Value::L(vec![text("4")]))])))])),
        ("m.x, m.y[0]", map([("m", Value::M(map([("x", text("2")), ("y", Value::L(vec![text("3")]))])))])),
        // Elements of a list close up, in the list's order.
        ("l[2], l[0]", map([("l", Value::L(vec![text("5"), text("7")]))])),
        ("l[1].z, l[2]", map([("l", Value::L(vec![Value::M(map([("z", text("6"))])), text("7")]))])),
        ("a.x, l[9], m[0]", Item::new()),
    ] {
        assert_eq!(project(&sample(), &projection(expression)), left, "{expression}");
    }
}

proptest! {
    #[test]
    fn values_by_ordinal_make_the_projected_item(item in arbitrary::item(), mut paths in arbitrary::projection()) {
        // Aim at what is there as often as not.
        for (path, name) in paths.iter_mut().zip(item.keys()) {
            path.0[0] = PathElement::Name(name.clone());
        }
        let values = paths.iter().enumerate().filter_map(|(at, path)| Some((at, find(&item, path)?.clone())));
        prop_assert_eq!(from_ordinals(&paths, values), project(&item, &paths));
    }

    #[test]
    fn a_whole_attribute_is_projected_as_it_is(item in arbitrary::item()) {
        let all: Projection = item.keys().map(Path::of).collect();
        prop_assert_eq!(project(&item, &all), item);
    }
}
