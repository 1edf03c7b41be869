"""The database of the original headquarters (docs/protocols.md 1.8), as Python sees it.

    original_database.py write FILE     makes one, with rows as the original stores them
    original_database.py check FILE     reads ours: prints what differs, and then its rows as JSON
"""

import json
import sqlite3
import sys

SCHEMA = (
    'CREATE TABLE "result" ("id" INTEGER NOT NULL PRIMARY KEY, "error" TEXT,'
    ' "scriptrun_time" REAL NOT NULL, "elapsed" REAL NOT NULL, "epoch" REAL NOT NULL,'
    ' "custom_timers" TEXT, "turret_name" VARCHAR(255) NOT NULL)',
    'CREATE TABLE "turret" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL,'
    ' "uuid" TEXT NOT NULL, "cannons" INTEGER NOT NULL, "script" TEXT NOT NULL,'
    ' "rampup" INTEGER NOT NULL, "status" TEXT NOT NULL, "updated_at" DATETIME NOT NULL)',
)

RESULTS = (
    # error, scriptrun_time, elapsed, epoch, custom_timers, turret_name
    ("", 0.500154972076416, 0.5017518997192383, 1795290242.0,
     json.dumps({"a timer": 0.5001003742218018, "b": 0.25}), "Noname"),
    ("it broke: é", 0.1, 1.25, 1795290243.0, json.dumps({"a timer": 0.75}), "Noname"),
    (None, 0.2, 2.5, 1795290244.0, None, "Noname"),
    ("", 0.2, 2.5, 0, "{broken", "Noname"),
    ("", "0.25", "3.5", "1795290245", "{}", "Noname"),
    ("", float("inf"), 4.0, 1795290246.0, "{}", "Noname"),
    ("", 0.125, -4.0, 1795290247000.0, json.dumps({"x": float("nan")}), "Noname"),
)

TURRETS = (
    ("navigation", "947e", 2, "vu_fast.py", 2, "Running", "2026-11-21 19:44:02.029783"),
    ("navigation", "a5f1", 3, "vu_fast.py", 0, "ready", "2026-11-21 19:44:02"),
)


def make(connection):
    for table in SCHEMA:
        connection.execute(table)


def write(path):
    with sqlite3.connect(path) as connection:
        make(connection)
        connection.executemany(
            "INSERT INTO result (error, scriptrun_time, elapsed, epoch, custom_timers, turret_name)"
            " VALUES (?, ?, ?, ?, ?, ?)", RESULTS)
        connection.executemany(
            "INSERT INTO turret (name, uuid, cannons, script, rampup, status, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)", TURRETS)


def columns(connection, table):
    return connection.execute("PRAGMA table_info(%s)" % table).fetchall()


def types(connection, table):
    names = [column[1] for column in columns(connection, table)]
    select = ", ".join('typeof("%s")' % name for name in names)
    return connection.execute("SELECT DISTINCT %s FROM %s" % (select, table)).fetchall()


def check(path):
    ours = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    theirs = sqlite3.connect(":memory:")
    make(theirs)
    for table in ("result", "turret"):
        if columns(ours, table) != columns(theirs, table):
            print("columns of %s: %s" % (table, columns(ours, table)))
    if ours.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        print("broken")
    print(json.dumps({
        "result types": types(ours, "result"),
        "turret types": types(ours, "turret"),
        "results": ours.execute("SELECT * FROM result ORDER BY id").fetchall(),
        "timers": [json.loads(row[0]) for row in
                   ours.execute("SELECT custom_timers FROM result ORDER BY id")],
        "turrets": ours.execute("SELECT * FROM turret ORDER BY id").fetchall(),
    }))


{"write": write, "check": check}[sys.argv[1]](sys.argv[2])
