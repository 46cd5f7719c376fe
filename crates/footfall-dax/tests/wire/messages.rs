//! Messages that were captured, in `tests/corpus`: a line each, of a name, a method and bytes in hex.

use footfall_dax::wire::Method;

pub struct Message {
    pub name: String,
    /// `None`: the preamble.
    pub method: Option<Method>,
    pub bytes: Vec<u8>,
}

pub fn requests() -> Vec<Message> {
    messages(include_str!("../corpus/requests.txt"))
}

pub fn responses() -> Vec<Message> {
    messages(include_str!("../corpus/responses.txt"))
}

fn messages(lines: &str) -> Vec<Message> {
    let lines = lines.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let [name, method, bytes] = line.split(' ').collect::<Vec<_>>().try_into().expect("name, method, bytes");
            let method = (method != "preamble").then(|| method_of(method));
            Message { name: name.to_owned(), method, bytes: hex::decode(bytes).expect("hex") }
        })
        .collect()
}

/// By the name the protocol has for it.
fn method_of(name: &str) -> Method {
    let same = |method: &Method| format!("{method:?}").eq_ignore_ascii_case(name);
    Method::ALL.into_iter().find(same).expect("a method")
}
