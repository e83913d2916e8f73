//! Corrections by people, carried out at the desk: in the database, in memory and in what second looks must respect, one
//! transaction each. What cannot be done is refused with a reason in plain words.

use super::{Desk, positions};
use news::{ArticleId, Correction, Decided, DevelopmentId, OutletId, StoryId, Timestamp};
use store::{StoreError, StoryArticle, Writer};

/// What a correction comes to, once it is known that it can be done.
enum Deed {
    Merge { from: StoryId, into: StoryId },
    Take { articles: Vec<ArticleId>, from: StoryId, into: Option<StoryId> },
    Withdraw { development: DevelopmentId, withdrawn: bool },
    Mute { story: StoryId, muted: bool },
    Count { outlet: OutletId, family: String },
}

impl Desk {
    /// Carries out what people asked for since the last time. Returns how much.
    ///
    /// # Errors
    /// Those of the database. What it cannot do at that moment goes on waiting; what fails for another reason is refused.
    pub(crate) fn correct(&mut self, now: Timestamp) -> store::Result<usize> {
        let waiting = self.store.waiting_corrections()?;
        for (id, correction) in &waiting {
            if let Err(error) = self.put_through(*id, correction.as_ref(), now) {
                if !error.is_passing() {
                    // It would fail again after every start.
                    self.refuse(*id, &format!("it could not be carried out: {error}"), now)?;
                }
                return Err(error);
            }
        }
        Ok(waiting.len())
    }

    fn put_through(&mut self, id: i64, correction: Option<&Correction>, now: Timestamp) -> store::Result<()> {
        let Some(correction) = correction else { return self.refuse(id, "it cannot be read", now) };
        match self.deed(correction)? {
            Ok(deed) => self.put_right(id, &deed, now),
            Err(refusal) => self.refuse(id, &refusal, now),
        }
    }

    fn refuse(&self, id: i64, why: &str, now: Timestamp) -> store::Result<()> {
        self.store.write(|writer| writer.refuse_correction(id, why, now))
    }

    /// What there is to do, or why it cannot be done.
    fn deed(&self, correction: &Correction) -> store::Result<Result<Deed, String>> {
        Ok(match correction {
            Correction::Merge { from, into } => self.two(*from, *into)?.and_then(|(from, into)| {
                if from == into { Err(ONE.to_owned()) } else { Ok(Deed::Merge { from, into }) }
            }),
            Correction::Split { story, articles } => match self.story(*story)? {
                Ok(from) => self.taken(articles, from, None)?,
                Err(refusal) => Err(refusal),
            },
            Correction::Move { articles, into } => match self.whence(articles, *into)? {
                Ok((from, into)) => self.taken(articles, from, Some(into))?,
                Err(refusal) => Err(refusal),
            },
            Correction::NotNews { development } => self.told(*development, true)?,
            Correction::IsNews { development } => self.told(*development, false)?,
            Correction::Mute { story } => self.story(*story)?.map(|story| Deed::Mute { story, muted: true }),
            Correction::Unmute { story } => {
                self.story(*story)?.map(|story| Deed::Mute { story, muted: false })
            }
            Correction::Family { host, family } => {
                self.counted(&host.trim().to_lowercase(), family.trim())?
            }
        })
    }

    fn story(&self, story: StoryId) -> store::Result<Result<StoryId, String>> {
        Ok(self.store.story_now(story)?.ok_or_else(|| format!("there is no story {story}")))
    }

    fn two(&self, one: StoryId, other: StoryId) -> store::Result<Result<(StoryId, StoryId), String>> {
        let (one, other) = (self.story(one)?, self.story(other)?);
        Ok(one.and_then(|one| other.map(|other| (one, other))))
    }

    fn told(&self, development: DevelopmentId, withdrawn: bool) -> store::Result<Result<Deed, String>> {
        let found = self.store.development(development)?;
        let deed = Deed::Withdraw { development, withdrawn };
        Ok(found.map(|_| deed).ok_or_else(|| format!("there is no development {development}")))
    }

    /// To which family an outlet counts from now on: one that is known, by its name or by an outlet of it, or a new one. Its
    /// own host makes a family of its own.
    fn counted(&self, host: &str, family: &str) -> store::Result<Result<Deed, String>> {
        let Some(outlet) = self.store.outlet_at(host)? else {
            return Ok(Err(format!("there is no outlet {host}")));
        };
        if family.is_empty() || family.chars().count() > LONGEST_FAMILY || family.contains(char::is_control) {
            return Ok(Err("a family has a name of one line".to_owned()));
        }
        let known = if family == host { Some(host.to_owned()) } else { self.store.family_called(family)? };
        let family = known.unwrap_or_else(|| story::family(family).to_owned());
        Ok(Ok(Deed::Count { outlet, family }))
    }

    /// The one story that articles are in, and the one that they go to.
    fn whence(
        &self,
        articles: &[ArticleId],
        into: StoryId,
    ) -> store::Result<Result<(StoryId, StoryId), String>> {
        let Some(first) = articles.first() else { return Ok(Err(NOTHING.to_owned())) };
        let Some(from) = self.store.story_of(*first)? else {
            return Ok(Err(format!("article {first} is in no story")));
        };
        Ok(self.two(from, into)?.and_then(|(from, into)| {
            if from == into {
                Err("the article is in this story already".to_owned())
            } else {
                Ok((from, into))
            }
        }))
    }

    /// Articles leave a story with all that repeats them: the same text stays together.
    fn taken(
        &self,
        articles: &[ArticleId],
        from: StoryId,
        into: Option<StoryId>,
    ) -> store::Result<Result<Deed, String>> {
        let members = self.store.story_articles(from)?;
        if articles.is_empty() {
            return Ok(Err(NOTHING.to_owned()));
        }
        if let Some(stranger) = articles.iter().find(|id| members.iter().all(|member| member.id != **id)) {
            return Ok(Err(format!("article {stranger} is not in story {from}")));
        }
        let articles = self.with_repeats(articles, from, &members);
        if articles.len() == members.len() {
            return Ok(Err("these are all articles of the story; merge the stories instead".to_owned()));
        }
        Ok(Ok(Deed::Take { articles, from, into }))
    }

    fn with_repeats(
        &self,
        articles: &[ArticleId],
        from: StoryId,
        members: &[StoryArticle],
    ) -> Vec<ArticleId> {
        let mut chosen: Vec<ArticleId> = Vec::new();
        let told: Vec<ArticleId> =
            articles.iter().flat_map(|article| self.stories.told_with(*article, from)).collect();
        let root = |member: &StoryArticle| member.copy_of.unwrap_or(member.id);
        let roots: Vec<ArticleId> =
            members.iter().filter(|member| told.contains(&member.id)).map(root).collect();
        chosen.extend(members.iter().filter(|member| roots.contains(&root(member))).map(|member| member.id));
        chosen
    }

    fn put_right(&mut self, id: i64, deed: &Deed, now: Timestamp) -> store::Result<()> {
        let store = std::sync::Arc::clone(&self.store);
        if let Deed::Merge { from, into } | Deed::Take { from, into: Some(into), .. } = deed {
            self.know(*from)?;
            self.know(*into)?;
        } else if let Deed::Take { from, .. } = deed {
            self.know(*from)?;
        }
        store.write(|writer| {
            let (story, decided) = match deed {
                Deed::Merge { from, into } => self.merge(writer, *from, *into, now)?,
                Deed::Take { articles, from, into } => self.take(writer, articles, (*from, *into), now)?,
                Deed::Withdraw { development, withdrawn } => {
                    let story = writer.withdraw_development(*development, *withdrawn, now)?;
                    self.knowledge.forget(&[story]);
                    (Some(story), None)
                }
                Deed::Mute { story, muted } => {
                    writer.mute_story(*story, *muted, now)?;
                    self.stories.mute(*story, *muted);
                    (Some(*story), None)
                }
                Deed::Count { outlet, family } => {
                    writer.say_family(*outlet, family, now)?;
                    (None, None)
                }
            };
            writer.settle_correction(id, story, decided.as_ref(), now)
        })?;
        tracing::info!(correction = id, "correction carried out");
        Ok(())
    }

    fn merge(
        &mut self,
        writer: &mut Writer,
        from: StoryId,
        into: StoryId,
        now: Timestamp,
    ) -> store::Result<(Option<StoryId>, Option<Decided>)> {
        let decided = self.stories.unite(from, into);
        writer.merge_stories(from, into, now)?;
        self.reports.merge(from, into);
        self.recent.merge(from, into);
        self.knowledge.forget(&[from, into]);
        self.show(writer, into, now)?;
        Ok((Some(into), Some(decided)))
    }

    fn take(
        &mut self,
        writer: &mut Writer,
        articles: &[ArticleId],
        (from, into): (StoryId, Option<StoryId>),
        now: Timestamp,
    ) -> store::Result<(Option<StoryId>, Option<Decided>)> {
        let target = into.unwrap_or_else(|| self.stories.reserve());
        if into.is_none() {
            writer.split_story(from, articles, Some(target), now)?;
            self.stories.opened_from(from, target);
        } else {
            articles.iter().try_for_each(|article| writer.move_article(*article, target, now))?;
        }
        let decided = self.stories.put(articles, from, target);
        self.reports.shift(articles, from, target);
        self.recent.shift(articles, target);
        self.knowledge.forget(&[from, target]);
        self.show(writer, from, now)?;
        self.show(writer, target, now)?;
        Ok((Some(target), Some(decided)))
    }

    fn show(&mut self, writer: &mut Writer, story: StoryId, now: Timestamp) -> store::Result<()> {
        positions::regroup(writer, story, now)?;
        self.picture(writer, story, now)
    }

    /// Takes the reports of a story into memory that was let go of: people correct old stories too.
    fn know(&mut self, story: StoryId) -> Result<(), StoreError> {
        for member in self.store.story_articles(story)? {
            if self.reports.story_of(member.id).is_none() {
                self.reports.add(story, member.id, member.at, &member.family.into(), member.copy_of);
            }
        }
        Ok(())
    }
}

const ONE: &str = "these are one story already";
const NOTHING: &str = "no article was named";
/// Longest name of a family in characters.
const LONGEST_FAMILY: usize = 100;
