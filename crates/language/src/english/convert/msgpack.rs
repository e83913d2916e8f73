//! MessagePack as the package uses it: the values of its files, borrowed from the bytes.

/// Nothing in the package nests deeper.
const DEEPEST: usize = 12;

/// One value.
#[derive(Debug)]
pub(super) enum Value<'a> {
    Nil,
    Flag(bool),
    Number(u64),
    /// A number below zero or with a fraction, which nothing here asks for.
    Other,
    Text(&'a str),
    Bytes(&'a [u8]),
    List(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The one value that the bytes are.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut input = Input(bytes);
        let value = input.value(0)?;
        input.0.is_empty().then_some(value)
    }

    pub(super) fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Self::Text(text) => Some(text.as_bytes()),
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<u64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn list(&self) -> Option<&[Value<'a>]> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    pub(super) fn map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        if let Self::Map(map) = self { Some(map) } else { None }
    }

    /// The entry of a map by its name.
    pub(super) fn get(&self, name: &str) -> Option<&Value<'a>> {
        self.map()?.iter().find(|(key, _)| key.text() == Some(name)).map(|(_, value)| value)
    }

    /// The entry of a map by its number.
    pub(super) fn at(&self, number: u64) -> Option<&Value<'a>> {
        self.map()?.iter().find(|(key, _)| key.number() == Some(number)).map(|(_, value)| value)
    }
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        if depth > DEEPEST {
            return None;
        }
        let kind = self.number(1)? as u8;
        Some(match kind {
            0x00..=0x7f => Value::Number(u64::from(kind)),
            0x80..=0x8f => self.map(usize::from(kind & 0x0f), depth)?,
            0x90..=0x9f => self.list(usize::from(kind & 0x0f), depth)?,
            0xa0..=0xbf => self.text(usize::from(kind & 0x1f))?,
            0xc0 => Value::Nil,
            0xc2 | 0xc3 => Value::Flag(kind == 0xc3),
            0xc4..=0xc6 => {
                let length = self.number(1 << (kind - 0xc4))?;
                Value::Bytes(self.take(usize::try_from(length).ok()?)?)
            }
            0xca | 0xcb => {
                self.take(4 << (kind - 0xca))?;
                Value::Other
            }
            0xcc..=0xcf => Value::Number(self.number(1 << (kind - 0xcc))?),
            0xd0..=0xd3 => {
                self.take(1 << (kind - 0xd0))?;
                Value::Other
            }
            0xd9..=0xdb => {
                let length = self.number(1 << (kind - 0xd9))?;
                self.text(usize::try_from(length).ok()?)?
            }
            0xdc | 0xdd => {
                let length = self.number(2 << (kind - 0xdc))?;
                self.list(usize::try_from(length).ok()?, depth)?
            }
            0xde | 0xdf => {
                let length = self.number(2 << (kind - 0xde))?;
                self.map(usize::try_from(length).ok()?, depth)?
            }
            0xe0..=0xff => Value::Other,
            _ => return None,
        })
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }

    /// A big-endian number of so many bytes.
    fn number(&mut self, bytes: usize) -> Option<u64> {
        Some(self.take(bytes)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn text(&mut self, length: usize) -> Option<Value<'a>> {
        std::str::from_utf8(self.take(length)?).ok().map(Value::Text)
    }

    /// Each value has a byte at least, so that a length beyond the rest is a lie.
    fn list(&mut self, length: usize, depth: usize) -> Option<Value<'a>> {
        (length <= self.0.len()).then_some(())?;
        (0..length).map(|_| self.value(depth + 1)).collect::<Option<_>>().map(Value::List)
    }

    fn map(&mut self, length: usize, depth: usize) -> Option<Value<'a>> {
        (length <= self.0.len()).then_some(())?;
        let entries = (0..length).map(|_| Some((self.value(depth + 1)?, self.value(depth + 1)?)));
        entries.collect::<Option<_>>().map(Value::Map)
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn values_come_back() {
        let value = Value::read(b"\x82\xa1a\x93\x01\xcd\x01\x00\xc0\x07\xc4\x02hi").unwrap();
        let list = value.get("a").and_then(Value::list).unwrap();
        assert_eq!(list[1].number(), Some(256));
        assert_eq!(value.at(7).and_then(Value::text), Some("hi"));
    }

    #[test]
    fn damage_is_nothing() {
        for broken in [&b"\x82\xa1a"[..], b"\xdd\xff\xff\xff\xff", b"\x01\x01", b"\xc1", &[0x91; 64]] {
            assert!(Value::read(broken).is_none());
        }
    }
}
