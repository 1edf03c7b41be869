package dev.broadside.oct.results;

import java.nio.file.Path;

/**
 * Where a headquarters keeps its runs, and what their reports say of them.
 *
 * @param parent gets a folder for each run
 * @param databaseUri {@code default} for a file in that folder, a path, or a JDBC URL
 * @param base what a path is relative to: the project's folder
 * @param title what reports are called: the project's name
 * @param configuration a JSON object, as text
 */
public record ArchiveSettings(
    Path parent, String databaseUri, Path base, String title, String configuration) {}
