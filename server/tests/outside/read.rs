//! Answers, read by what their readers use: pages as a browser does, pictures as XML, files as spreadsheets do.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use resvg::usvg::roxmltree;

/// A page, as a browser has it in memory.
#[derive(Default)]
pub struct Page {
    pub elements: Vec<Element>,
    /// What can be read on it.
    pub text: String,
}

/// An element, without what is in it but text of its own.
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    /// The place of the form it is in.
    form: Option<usize>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads HTML; never fails, as browsers do not.
pub fn html(body: &[u8]) -> Page {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).from_utf8().one(body);
    let mut page = Page::default();
    walk(&dom.document, &mut page, None);
    page
}

fn walk(node: &Handle, page: &mut Page, mut form: Option<usize>) {
    if let NodeData::Text { contents } = &node.data {
        page.text.push_str(&contents.borrow());
    }
    if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
        let attributes = attrs.borrow().iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
        let text = |child: &Handle| match &child.data {
            NodeData::Text { contents } => Some(contents.borrow().to_string()),
            _ => None,
        };
        let text = node.children.borrow().iter().filter_map(text).collect();
        if &*name.local == "form" {
            form = Some(page.elements.len());
        }
        page.elements.push(Element { name: name.local.to_string(), attributes, text, form });
        if let Some(contents) = &*template_contents.borrow() {
            walk(contents, page, form);
        }
    }
    for child in node.children.borrow().iter() {
        walk(child, page, form);
    }
}

/// What of a page could run or load something that is not ours; `None`: nothing.
pub fn fault(page: &Page) -> Option<String> {
    page.elements.iter().find_map(|element| {
        let shown = || format!("<{} {:?}> {:.80}", element.name, element.attributes, element.text);
        // Empty where the browser's half was not built.
        let ours = |name: &str| element.attribute(name).is_some_and(|value| value.is_empty() || value.starts_with("/assets/"));
        let fits = match element.name.as_str() {
            "script" => ours("src") && element.text.trim().is_empty(),
            "link" => ours("href") || element.attribute("rel") == Some("canonical"),
            "iframe" => element.attribute("src").is_some_and(|src| src.starts_with("/embed/")),
            "object" | "embed" | "base" | "style" | "img" | "frame" | "audio" | "video" | "marquee" => false,
            "meta" => element.attribute("http-equiv").is_none(),
            _ => true,
        };
        (!fits || element.attributes.iter().any(|(name, value)| !is_harmless(name, value))).then(shown)
    })
}

fn is_harmless(name: &str, value: &str) -> bool {
    match name {
        "style" | "srcdoc" | "ping" | "background" => false,
        "href" | "src" | "action" | "formaction" | "poster" | "data" => leads_somewhere_known(value),
        name => !name.starts_with("on"),
    }
}

/// Addresses of ours, and pages of the web.
fn leads_somewhere_known(address: &str) -> bool {
    let ours = address.starts_with(['/', '#', '?']) && !address.starts_with("//") && !address.starts_with("/\\");
    (ours || address.is_empty() || address.starts_with("https://") || address.starts_with("http://")) && !address.contains(char::is_control)
}

/// What a page sends: methods, paths and the names that go with them, of its forms and its links.
pub fn sent(page: &Page) -> Vec<(String, String, Vec<String>)> {
    let sent = |at: usize, element: &Element| {
        let (method, address) = match element.name.as_str() {
            "form" => (element.attribute("method").unwrap_or("get"), element.attribute("action")),
            "a" => ("get", element.attribute("href")),
            _ => return None,
        };
        let address = address?.split('#').next().filter(|address| address.starts_with('/'))?;
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let fields = page.elements.iter().filter(|field| element.name == "form" && field.form == Some(at));
        let fields = fields.filter_map(|field| field.attribute("name").map(str::to_owned));
        let names = url::form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name.into_owned()).chain(fields).collect();
        Some((method.to_uppercase(), path.to_owned(), names))
    };
    page.elements.iter().enumerate().filter_map(|(at, element)| sent(at, element)).collect()
}

/// What turns text round, or cannot be seen, with what stands around it.
pub fn hides(text: &str) -> Option<String> {
    let hides = |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}');
    let letters: Vec<char> = text.chars().collect();
    let at = letters.iter().position(|c| hides(*c))?;
    Some(letters[at.saturating_sub(60)..letters.len().min(at + 60)].iter().collect::<String>().escape_debug().to_string())
}

/// The names of a picture's elements, and its words.
pub fn svg(body: &[u8]) -> (Vec<String>, String) {
    let text = std::str::from_utf8(body).expect("UTF-8");
    let document = roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let names = document.descendants().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name().to_owned());
    (names.collect(), document.descendants().filter_map(|node| node.text()).collect())
}

/// The rows of a file, to who parts cells by this.
pub fn cells(text: &str, between: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if cell.is_empty() => {
                while let Some(letter) = letters.next() {
                    match letter {
                        '"' if letters.next_if_eq(&'"').is_none() => break,
                        letter => cell.push(letter),
                    }
                }
            }
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter if letter == between => row.push(std::mem::take(&mut cell)),
            letter => cell.push(letter),
        }
    }
    rows
}

/// A cell that a spreadsheet would run, however it parts cells.
pub fn formula(text: &str) -> Option<String> {
    let runs = |cell: &String| {
        let begins = cell.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
        begins && cell.parse::<f64>().is_err()
    };
    [',', ';', '\t'].into_iter().find_map(|between| cells(text, between).into_iter().flatten().find(runs))
}

#[test]
fn readers_see_what_there_is() {
    let page = html(b"<p title='a'>1 &lt; 2<svg><rect onclick=x></rect></svg><a href=' javascript:x'>");
    assert_eq!(page.text, "1 < 2");
    assert!(fault(&page).is_some_and(|found| found.contains("rect")));
    for bad in ["<script>x</script>", "<script src=https://a/b></script>", "<a href='javascript:x'>", "<img src=x>", "<b style='x'>"] {
        assert!(fault(&html(bad.as_bytes())).is_some(), "{bad}");
    }
    assert_eq!(fault(&html(b"<script src=/assets/a.js type=module></script><a href=/a>b</a><a href=https://a.example/>c</a>")), None);
    assert_eq!(cells("a,\"b\"\"c,d\"\r\n,1\r\n", ','), [["a", "b\"c,d"], ["", "1"]]);
    assert_eq!(formula("a,\"b;=c\"\r\n"), Some("=c\"".to_owned()), "as who parts cells by semicolons reads it");
    assert_eq!(formula("\"b;=c\",-5\r\n"), None);
}
