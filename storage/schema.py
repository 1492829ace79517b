"""Tables of a user's ledger, as append-only migrations."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mneme.ledger")

TABLES = """
create table conversations (id integer primary key autoincrement, title text not null default '', created text not null,
    updated text not null);
create table turns (id integer primary key autoincrement,
    conversation_id integer not null references conversations(id) on delete cascade,
    role text not null, text text not null, "when" text not null, learn integer not null, finished integer not null,
    tokens integer not null default 0, learned_tokens integer not null default 0, seq integer not null unique);
create table documents (id integer primary key autoincrement, kind text not null, source text not null,
    title text not null, text text not null, sha256 text not null unique, "when" text not null, learn integer not null,
    tokens integer not null default 0, learned_tokens integer not null default 0, seq integer not null unique);
create table passages (id integer primary key autoincrement,
    document_id integer not null references documents(id) on delete cascade, text text not null);
create table sequence (id integer primary key check (id = 1), next integer not null);
insert into sequence values (1, 1);
create table weights (version integer primary key autoincrement, file text not null, sha256 text not null,
    base_hash text not null, tokens_learned integer not null, "when" text not null);
create table updates (id integer primary key autoincrement, "when" text not null, tokens integer not null,
    loss_before real not null, loss_after real not null, grad_norm real not null, step_norm real not null,
    seconds real not null, accepted integer not null, reason text not null, token_hash text not null,
    base_hash text not null, weights_version integer, undone integer not null default 0);
create table update_items (update_id integer not null references updates(id) on delete cascade, kind text not null,
    item_id integer not null, tokens integer not null, learned_before integer not null);
create index update_items_item on update_items(kind, item_id);
create table current (id integer primary key check (id = 1), weights_version integer);
insert into current values (1, null);
create table embeddings (kind text not null, row_id integer not null, vector blob not null, model text not null,
    primary key (kind, row_id));
create virtual table search using fts5(text, kind unindexed, row_id unindexed, tokenize = 'porter unicode61');
insert into search(search, rank) values ('secure-delete', 1);
"""


@migrations()
def m001_tables(db: Database) -> None:
    for statement in TABLES.strip().split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m002_understood(db: Database) -> None:
    """What the assistant said again of a user's turn."""
    db.execute("alter table turns add column understood text not null default ''")
