-- The button on an article's own site asks for its story by address.
CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;
