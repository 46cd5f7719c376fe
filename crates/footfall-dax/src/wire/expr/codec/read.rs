use super::{VERSION, node};
use crate::wire::cbor::{Reader, Sequence, Token, tag};
use crate::wire::error::WireError;
use crate::wire::expr::weight::Budget;
use crate::wire::expr::{Action, Comparator, Condition, Operand, Path, PathElement, Projection, Update};
use crate::wire::read_value;
use crate::wire::value::Value;

/// How deep a tree may be. DynamoDB takes 300 operators in one expression; paths and operands stand below them.
const MAX_TREE: usize = 310;

/// How deep operands may nest: `if_not_exists` in itself, which DynamoDB allows.
const MAX_OPERANDS: usize = 32;

/// Reads a condition, filter or key condition: what was in the byte string.
///
/// # Errors
/// It is none, or nested too deep.
pub fn read_condition(bytes: &[u8]) -> Result<Condition, WireError> {
    let (mut tree, values) = open(bytes)?;
    tree.condition(&values)
}

/// Reads an update: what was in the byte string.
///
/// # Errors
/// It is none, or nested too deep.
pub fn read_update(bytes: &[u8]) -> Result<Update, WireError> {
    let (mut tree, values) = open(bytes)?;
    tree.list(|tree| tree.action(&values))
}

/// Reads a projection: what was in the byte string.
///
/// # Errors
/// It is none.
pub fn read_projection(bytes: &[u8]) -> Result<Projection, WireError> {
    let mut tree = Tree::of(bytes);
    let mut parts = tree.enter()?;
    tree.version(&mut parts)?;
    tree.expect_more(&mut parts)?;
    let paths = tree.list(|tree| tree.path_node())?;
    tree.leave(&mut parts)?;
    tree.reader.finish()?;
    Ok(paths)
}

/// The tree of an expression, standing before it, and its values (which come behind it).
fn open(bytes: &[u8]) -> Result<(Tree<'_>, Values), WireError> {
    let mut tree = Tree::of(bytes);
    let mut parts = tree.enter()?;
    tree.version(&mut parts)?;
    tree.expect_more(&mut parts)?;
    let before = tree.clone();
    tree.skip()?;
    tree.expect_more(&mut parts)?;
    let values = tree.list(|tree| read_value(&mut tree.reader))?;
    tree.leave(&mut parts)?;
    tree.reader.finish()?;
    Ok((before, Values { values, budget: Budget::default() }))
}

/// The values behind a tree.
struct Values {
    values: Vec<Value>,
    budget: Budget,
}

impl Values {
    fn get(&self, place: u64) -> Result<Value, WireError> {
        let value = usize::try_from(place).ok().and_then(|place| self.values.get(place));
        self.budget.copy(value.ok_or_else(|| WireError::malformed("an expression's value is missing"))?)
    }
}

/// A tree being read.
#[derive(Clone)]
struct Tree<'a> {
    reader: Reader<'a>,
    depth: usize,
    /// How many operands are being read, one in the other.
    operands: usize,
}

impl<'a> Tree<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { reader: Reader::of_whole(bytes), depth: 0, operands: 0 }
    }

    /// Enters an array. The reader's own limit of depth is that of documents; chains go deeper, so it is begun anew and
    /// the depth counted here.
    fn enter(&mut self) -> Result<Sequence, WireError> {
        if self.depth == MAX_TREE {
            return Err(WireError::TooLarge("depth of an expression"));
        }
        let members = self.reader.array()?;
        self.reader = Reader::of_whole(self.reader.rest());
        self.depth += 1;
        Ok(members)
    }

    fn expect_more(&mut self, members: &mut Sequence) -> Result<(), WireError> {
        if self.reader.more(members)? { Ok(()) } else { Err(WireError::malformed("a node of an expression has too few members")) }
    }

    fn leave(&mut self, members: &mut Sequence) -> Result<(), WireError> {
        self.depth -= 1;
        if self.reader.more(members)? { Err(WireError::malformed("a node of an expression has too many members")) } else { Ok(()) }
    }

    fn list<T>(&mut self, mut member: impl FnMut(&mut Self) -> Result<T, WireError>) -> Result<Vec<T>, WireError> {
        let mut members = self.enter()?;
        let mut list = Vec::new();
        while self.reader.more(&mut members)? {
            list.push(member(self)?);
        }
        self.depth -= 1;
        Ok(list)
    }

    fn version(&mut self, parts: &mut Sequence) -> Result<(), WireError> {
        self.expect_more(parts)?;
        if self.reader.int()? == VERSION { Ok(()) } else { Err(WireError::malformed("an expression of another version")) }
    }

    /// Moves past one node, however deep.
    fn skip(&mut self) -> Result<(), WireError> {
        let mut open = Vec::new();
        loop {
            if self.reader.peek()? == Token::Array {
                open.push(self.enter()?);
            } else {
                self.reader.skip()?;
            }
            while let Some(members) = open.last_mut() {
                if self.reader.more(members)? {
                    break;
                }
                open.pop();
                self.depth -= 1;
            }
            if open.is_empty() {
                return Ok(());
            }
        }
    }

    /// A node whose members are operands: they are read by `member`.
    fn node<T>(&mut self, read: impl FnOnce(&mut Self, i64, &mut Sequence) -> Result<T, WireError>) -> Result<T, WireError> {
        let mut members = self.enter()?;
        self.expect_more(&mut members)?;
        let kind = self.reader.int()?;
        let node = read(self, kind, &mut members)?;
        self.leave(&mut members)?;
        Ok(node)
    }

    /// A condition. Without recursion: 300 operators deep is too deep for a small stack.
    fn condition(&mut self, values: &Values) -> Result<Condition, WireError> {
        let mut open: Vec<Junction> = Vec::new();
        loop {
            let mut members = self.enter()?;
            self.expect_more(&mut members)?;
            let kind = self.reader.int()?;
            if matches!(kind, node::AND | node::OR | node::NOT) {
                self.expect_more(&mut members)?;
                open.push(Junction { kind, members, first: None });
                continue;
            }
            let mut done = self.leaf(kind, &mut members, values)?;
            self.leave(&mut members)?;
            loop {
                let Some(mut junction) = open.pop() else { return Ok(done) };
                done = match (junction.kind, junction.first.take()) {
                    (node::NOT, _) => Condition::Not(Box::new(done)),
                    (node::AND, Some(first)) => Condition::and(vec![first, done]),
                    (_, Some(first)) => Condition::or(vec![first, done]),
                    (_, None) => {
                        self.expect_more(&mut junction.members)?;
                        junction.first = Some(done);
                        open.push(junction);
                        break;
                    }
                };
                self.leave(&mut junction.members)?;
            }
        }
    }

    /// A condition without conditions in it.
    fn leaf(&mut self, kind: i64, members: &mut Sequence, values: &Values) -> Result<Condition, WireError> {
        Ok(match kind {
            node::EQ..=node::LE => Condition::Compare(comparator(kind), self.operand(members, values)?, self.operand(members, values)?),
            node::BETWEEN => {
                Condition::Between(self.operand(members, values)?, self.operand(members, values)?, self.operand(members, values)?)
            }
            node::IN => {
                let first = self.operand(members, values)?;
                self.expect_more(members)?;
                Condition::In(first, self.list(|tree| tree.operand_node(values))?)
            }
            node::EXISTS => Condition::Exists(self.path(members)?),
            node::NOT_EXISTS => Condition::NotExists(self.path(members)?),
            node::TYPE => Condition::Type(self.operand(members, values)?, self.operand(members, values)?),
            node::BEGINS_WITH => Condition::BeginsWith(self.operand(members, values)?, self.operand(members, values)?),
            node::CONTAINS => Condition::Contains(self.operand(members, values)?, self.operand(members, values)?),
            _ => return Err(WireError::malformed("an expression's node is no condition")),
        })
    }

    fn action(&mut self, values: &Values) -> Result<Action, WireError> {
        self.node(|tree, kind, members| {
            let path = tree.path(members)?;
            Ok(match kind {
                node::SET => Action::Set(path, tree.operand(members, values)?),
                node::REMOVE => Action::Remove(path),
                node::ADD => Action::Add(path, tree.operand(members, values)?),
                node::DELETE => Action::Delete(path, tree.operand(members, values)?),
                _ => return Err(WireError::malformed("an expression's node is no action of an update")),
            })
        })
    }

    fn operand(&mut self, members: &mut Sequence, values: &Values) -> Result<Operand, WireError> {
        self.expect_more(members)?;
        self.operand_node(values)
    }

    fn operand_node(&mut self, values: &Values) -> Result<Operand, WireError> {
        if self.operands == MAX_OPERANDS {
            return Err(WireError::TooLarge("depth of an operand"));
        }
        self.operands += 1;
        let operand = self.node(|tree, kind, members| {
            let mut next = |tree: &mut Self| tree.operand(members, values).map(Box::new);
            Ok(match kind {
                node::SIZE => Operand::Size(next(tree)?),
                node::LIST_APPEND => Operand::ListAppend(next(tree)?, next(tree)?),
                node::PLUS => Operand::Plus(next(tree)?, next(tree)?),
                node::MINUS => Operand::Minus(next(tree)?, next(tree)?),
                node::IF_NOT_EXISTS => Operand::IfNotExists(tree.path(members)?, Box::new(tree.operand(members, values)?)),
                node::PATH => Operand::Path(tree.elements(members)?),
                node::VALUE => {
                    tree.expect_more(members)?;
                    Operand::Value(values.get(tree.reader.uint()?)?)
                }
                _ => return Err(WireError::malformed("an expression's node is no operand")),
            })
        })?;
        self.operands -= 1;
        Ok(operand)
    }

    fn path(&mut self, members: &mut Sequence) -> Result<Path, WireError> {
        self.expect_more(members)?;
        self.path_node()
    }

    fn path_node(&mut self) -> Result<Path, WireError> {
        self.node(|tree, kind, members| match kind {
            node::PATH => tree.elements(members),
            _ => Err(WireError::malformed("an expression's node is no path")),
        })
    }

    /// A path's names and places. (What comes after its last one is found by [`Self::leave`] to be nothing.)
    fn elements(&mut self, members: &mut Sequence) -> Result<Path, WireError> {
        let mut elements = Vec::new();
        while members_left(&self.reader, members)? {
            self.expect_more(members)?;
            elements.push(match self.reader.peek()? {
                Token::Tag => PathElement::Index(self.index()?),
                _ => PathElement::Name(self.reader.text()?.into_owned()),
            });
        }
        match elements.first() {
            Some(PathElement::Name(_)) => Ok(Path(elements)),
            _ => Err(WireError::malformed("a path does not begin with a name")),
        }
    }

    fn index(&mut self) -> Result<u32, WireError> {
        if self.reader.tag()? != tag::PATH_INDEX {
            return Err(WireError::malformed("a path's element is neither a name nor a place"));
        }
        u32::try_from(self.reader.uint()?).map_err(|_| WireError::malformed("a place in a list is too large"))
    }
}

/// AND, OR or NOT whose members are being read.
struct Junction {
    kind: i64,
    members: Sequence,
    /// The first member of two, once it is there.
    first: Option<Condition>,
}

/// Whether more members come, without moving.
fn members_left(reader: &Reader<'_>, members: &Sequence) -> Result<bool, WireError> {
    reader.clone().more(&mut members.clone())
}

fn comparator(kind: i64) -> Comparator {
    match kind {
        node::EQ => Comparator::Eq,
        node::NE => Comparator::Ne,
        node::LT => Comparator::Lt,
        node::GE => Comparator::Ge,
        node::GT => Comparator::Gt,
        _ => Comparator::Le,
    }
}
