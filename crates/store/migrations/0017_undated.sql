-- Stories that changed since their days were made: a program that ends in between makes them after its next start.
CREATE TABLE undated (
    story INTEGER PRIMARY KEY REFERENCES story (id) ON DELETE CASCADE
);
