//! What all kinds of expressions have in common: words taken one by one, paths, operands, and DynamoDB's complaints.

use super::lexer::{Kind, MAX_BYTES, Token, tokens};
use super::reserved::is_reserved;
use super::{Operand, Path, PathElement, Substitutions};
use crate::wire::error::DynamoError;

/// How many operators and functions one expression may have.
const MAX_OPERATORS: usize = 300;
/// How many elements a path may have.
const MAX_PATH: usize = 32;
/// How deep operands may nest in each other.
const MAX_OPERANDS: usize = 32;

/// An expression being parsed.
pub(super) struct Parser<'a> {
    /// Such as `ConditionExpression`: begins every complaint.
    kind: &'static str,
    text: &'a str,
    tokens: Vec<Token<'a>>,
    at: usize,
    substitutions: &'a Substitutions,
    operators: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub fn new(kind: &'static str, text: &'a str, substitutions: &'a Substitutions) -> Result<Self, DynamoError> {
        let parser = Self { kind, text, tokens: Vec::new(), at: 0, substitutions, operators: 0, depth: 0 };
        if text.is_empty() {
            return Err(parser.invalid("The expression can not be empty;"));
        }
        if text.len() > MAX_BYTES {
            let size = text.len();
            return Err(parser.invalid(format!("Expression size has exceeded the maximum allowed size; expression size: {size}")));
        }
        Ok(Self { tokens: tokens(text), ..parser })
    }

    pub fn peek(&self) -> Token<'a> {
        self.tokens[self.at]
    }

    /// The token after the next one; the end when there is none.
    pub fn peek_second(&self) -> Token<'a> {
        self.tokens[(self.at + 1).min(self.tokens.len() - 1)]
    }

    pub fn take(&mut self) -> Token<'a> {
        let token = self.peek();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    /// Takes the sign if it comes next.
    pub fn accept(&mut self, sign: &str) -> bool {
        let accepted = self.peek().is_sign(sign);
        if accepted {
            self.take();
        }
        accepted
    }

    /// Takes the keyword, in upper or lower case, if it comes next.
    pub fn accept_keyword(&mut self, word: &str) -> bool {
        let accepted = self.peek().is_keyword(word);
        if accepted {
            self.take();
        }
        accepted
    }

    pub fn expect(&mut self, sign: &str) -> Result<(), DynamoError> {
        if self.accept(sign) { Ok(()) } else { Err(self.syntax_error()) }
    }

    /// Everything has been read, and it was not too much.
    pub fn finish(&self) -> Result<(), DynamoError> {
        if self.peek().kind != Kind::End {
            return Err(self.syntax_error());
        }
        if self.operators > MAX_OPERATORS {
            return Err(self.invalid(format!("The expression contains too many operators; operator count: {}", MAX_OPERATORS + 1)));
        }
        Ok(())
    }

    /// Counts an operator or function.
    pub fn count_operator(&mut self) {
        self.operators += 1;
    }

    /// Reads what stands in parentheses; the opening one has been taken.
    pub fn in_parentheses<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, DynamoError>) -> Result<T, DynamoError> {
        let opened = self.position();
        let inner = self.deeper(read)?;
        self.close(opened)?;
        Ok(inner)
    }

    /// How many words were taken.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Takes a closing parenthesis. `opened` is the place of the first word after the opening one.
    pub fn close(&mut self, opened: usize) -> Result<(), DynamoError> {
        self.expect(")")?;
        // `((…))`: what was opened next after this one was closed just before it.
        if self.tokens[opened].is_sign("(") && self.closing_of(opened) == Some(self.at - 2) {
            return Err(self.invalid("The expression has redundant parentheses;"));
        }
        Ok(())
    }

    /// Runs a step that may nest without end, and refuses it when it does.
    pub fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, DynamoError>) -> Result<T, DynamoError> {
        if self.depth == MAX_OPERANDS {
            return Err(self.invalid("The expression has operands nested too deep;"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn closing_of(&self, opened: usize) -> Option<usize> {
        let mut open = 0;
        for (at, token) in self.tokens.iter().enumerate().skip(opened) {
            if token.is_sign("(") {
                open += 1;
            } else if token.is_sign(")") {
                open -= 1;
                if open == 0 {
                    return Some(at);
                }
            }
        }
        None
    }

    /// `name.name[1]…`.
    pub fn path(&mut self) -> Result<Path, DynamoError> {
        let mut path = vec![self.path_name()?];
        loop {
            if self.accept(".") {
                path.push(self.path_name()?);
            } else if self.accept("[") {
                path.push(self.path_index()?);
                self.expect("]")?;
            } else {
                break;
            }
        }
        if path.len() > MAX_PATH {
            let levels = path.len();
            return Err(self.invalid(format!("The document path has too many nesting levels; nesting levels: {levels}")));
        }
        Ok(Path(path))
    }

    fn path_name(&mut self) -> Result<PathElement, DynamoError> {
        let token = self.peek();
        let name = match token.kind {
            Kind::Word if is_keyword_of_grammar(token.text) => return Err(self.syntax_error()),
            Kind::Word if is_reserved(token.text) => {
                return Err(self.invalid(format!("Attribute name is a reserved keyword; reserved keyword: {}", token.text)));
            }
            Kind::Word => token.text.to_owned(),
            Kind::Name => self
                .substitutions
                .name(token.text)
                .ok_or_else(|| {
                    self.invalid(format!(
                        "An expression attribute name used in the document path is not defined; attribute name: {}",
                        token.text
                    ))
                })?
                .to_owned(),
            _ => return Err(self.syntax_error()),
        };
        self.take();
        Ok(PathElement::Name(name))
    }

    fn path_index(&mut self) -> Result<PathElement, DynamoError> {
        let token = self.peek();
        if token.kind != Kind::Index {
            return Err(self.syntax_error());
        }
        self.take();
        match token.text.parse::<u32>() {
            Ok(index) if index <= i32::MAX as u32 => Ok(PathElement::Index(index)),
            _ => Err(self.invalid(format!("List index is not within the allowable range; index: [{}]", token.text))),
        }
    }

    /// `:value`.
    pub fn value(&mut self) -> Result<Operand, DynamoError> {
        let token = self.peek();
        if token.kind != Kind::Value {
            return Err(self.syntax_error());
        }
        let value = self.substitutions.value(token.text).map_err(|error| self.invalid(error.to_string()))?;
        let value = value.ok_or_else(|| {
            self.invalid(format!("An expression attribute value used in expression is not defined; attribute value: {}", token.text))
        })?;
        self.take();
        Ok(Operand::Value(value))
    }

    /// Whether a function call comes next.
    pub fn at_function(&self) -> bool {
        self.peek().kind == Kind::Word && self.peek_second().is_sign("(") && !is_keyword_of_grammar(self.peek().text)
    }

    /// The operands of a function call, its name and opening parenthesis not yet taken.
    pub fn arguments(&mut self, mut operand: impl FnMut(&mut Self) -> Result<Operand, DynamoError>) -> Result<Vec<Operand>, DynamoError> {
        self.take();
        self.take();
        self.count_operator();
        let mut arguments = vec![self.deeper(&mut operand)?];
        while self.accept(",") {
            arguments.push(self.deeper(&mut operand)?);
        }
        self.expect(")")?;
        Ok(arguments)
    }

    /// The arguments, when there are as many as the function takes.
    pub fn exactly<const N: usize>(&self, function: &str, arguments: Vec<Operand>) -> Result<[Operand; N], DynamoError> {
        arguments.try_into().map_err(|arguments: Vec<Operand>| {
            self.invalid(format!(
                "Incorrect number of operands for operator or function; operator or function: {function}, number of operands: {}",
                arguments.len()
            ))
        })
    }

    /// The path an argument must be.
    pub fn as_path(&self, function: &str, operand: Operand) -> Result<Path, DynamoError> {
        match operand {
            Operand::Path(path) => Ok(path),
            _ => Err(self.invalid(format!("Operator or function requires a document path; operator or function: {function}"))),
        }
    }

    /// A complaint about this expression.
    pub fn invalid(&self, what: impl AsRef<str>) -> DynamoError {
        DynamoError::validation(format!("Invalid {}: {}", self.kind, what.as_ref()))
    }

    /// The next token does not belong there. DynamoDB shows it with its neighbours.
    pub fn syntax_error(&self) -> DynamoError {
        let token = self.peek();
        let from = if self.at == 0 { token.start } else { self.tokens[self.at - 1].start };
        let from = if token.kind == Kind::End && self.at == 0 { 0 } else { from };
        let near = &self.text[from..self.peek_second().end()];
        let shown = if token.kind == Kind::End { "<EOF>" } else { token.text };
        self.invalid(format!("Syntax error; token: \"{shown}\", near: \"{near}\""))
    }
}

/// Words the grammar itself uses: no name, whatever the case.
fn is_keyword_of_grammar(word: &str) -> bool {
    ["AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE"].iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}
