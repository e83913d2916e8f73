//! Where actors stand, from an article into the store: positions are found while the article is read, kept in the
//! transaction that files it, and put into the issues of its story, where a move shows. A move is a development.

use super::attribute::{Register, Said, Sheets};
use super::publish::{NEWS_FOR, publish_move};
use news::{ActorId, Article, ArticleId, NameKind, Position, Reading, StoryId, Timestamp};
use statement::Sheet;
use statement::positions::course::{Placed, Stood, Told, place};
use store::{Grouped, KeptPosition, NewPosition, Result, Writer};

/// The positions that an article tells: in its headline and in its text.
#[derive(Debug, Default)]
pub(crate) struct Stands {
    pub(crate) title: Vec<Position>,
    pub(crate) text: Vec<Position>,
}

/// Finds the positions of an article. Sentences that the outlet prints under everything tell none.
pub(crate) fn told(sheets: &Sheets, reading: &Reading, said: &Said) -> Stands {
    let find = |sheet: &Sheet, said: &[news::Attribution]| {
        statement::positions::positions(sheet, reading.language, said, &reading.names)
    };
    let title = find(&sheets.title, &said.title.attributions);
    let mut text = find(&sheets.text, &said.text.attributions);
    text.retain(|position| position.cue.begun_in(&reading.sentences).is_some());
    Stands { title, text }
}

/// Keeps the positions of an article that was just filed. Returns whether there are any.
pub(super) fn keep(
    writer: &mut Writer,
    id: ArticleId,
    story: Option<StoryId>,
    at: Timestamp,
    article: &Article,
    stands: &Stands,
) -> Result<bool> {
    if stands.title.is_empty() && stands.text.is_empty() {
        writer.keep_positions(id, &[])?;
        return Ok(false);
    }
    let mut whose: Vec<(ActorId, String, &Position, bool)> = Vec::new();
    let mut register = Register::open(writer, id, story, at)?;
    for (in_title, text, told) in
        [(true, &article.title, &stands.title), (false, &article.text, &stands.text)]
    {
        for position in told {
            if let Some((actor, key)) = actor(&mut register, text, position)? {
                whose.push((actor, key, position, in_title));
            }
        }
    }
    let new: Vec<NewPosition> = whose
        .iter()
        .map(|(actor, key, position, in_title)| NewPosition {
            actor: *actor,
            key: Some(key),
            position,
            in_title: *in_title,
        })
        .collect();
    writer.keep_positions(id, &new)?;
    Ok(!new.is_empty())
}

/// The known actor whose position it is, with the key that told it; nobody when a name or an office may be several.
fn actor(register: &mut Register, text: &str, position: &Position) -> Result<Option<(ActorId, String)>> {
    let (key, actor) = match (&position.actor, position.office) {
        (Some(name), _) => (language::name_key(name), register.named(name, NameKind::Other)?),
        (None, Some(office)) => {
            let key = language::name_key(office.of(text));
            let actor = register.holding(&key)?;
            (key, actor)
        }
        (None, None) => return Ok(None),
    };
    Ok(actor.map(|actor| (actor, key)))
}

/// Puts a story's positions into issues, finds where they moved, and publishes the moves that are news.
pub(super) fn regroup(writer: &mut Writer, story: StoryId, at: Timestamp) -> Result<()> {
    let kept = writer.positions_of(story)?;
    if kept.is_empty() {
        return Ok(());
    }
    let grouped = grouped(&kept);
    writer.group_positions(&grouped)?;
    for (position, group) in kept.iter().zip(&grouped) {
        let new = group.moved_from.is_some() && !position.moved;
        if new
            && at.duration_since(position.at) <= NEWS_FOR
            && !writer.has_told_of(position.article, story)?
        {
            publish_move(writer, story, position, at)?;
        }
    }
    Ok(())
}

/// Every position with its issue and its turn, in the same order.
fn grouped(kept: &[KeptPosition]) -> Vec<Grouped> {
    let stood: Vec<Stood<ActorId>> = kept.iter().map(as_stood).collect();
    let placed = place(&stood);
    let group = |(position, placed): (&KeptPosition, Placed)| Grouped {
        id: position.id,
        of_issue: kept[placed.issue].id,
        named_by: kept[placed.named_by].id,
        begins: placed.turn.begins,
        moved_from: placed.turn.moved_from.map(|before| kept[before].id),
    };
    kept.iter().zip(placed).map(group).collect()
}

fn as_stood(position: &KeptPosition) -> Stood<'_, ActorId> {
    let told = Told { stance: position.stance, earlier: position.earlier };
    Stood { actor: position.actor, issue: &position.issue, told }
}

#[cfg(test)]
mod tests;
