package dev.broadside.oct.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which database keeps results: an SQLite file, or what a JDBC URL names. As a text it shows no
 * password.
 */
public final class DatabaseUri {
  /** The name of the database in a run's folder. */
  public static final String DEFAULT_FILE = "results.sqlite";

  /** Names the file in a run's folder. */
  public static final String DEFAULT = "default";

  /** An SQLite database that nobody keeps. */
  public static final DatabaseUri IN_MEMORY = new DatabaseUri("jdbc:sqlite::memory:", null);

  private static final String JDBC = "jdbc:";
  private static final String JDBC_SQLITE = "jdbc:sqlite:";
  private static final String SQLITE = "sqlite:///"; // as the original writes it
  private static final Pattern SCHEME = Pattern.compile("([a-z][a-z0-9]+)(\\+[a-z0-9]+)?:.*");
  private static final Pattern PASSWORD =
      Pattern.compile("(?<=password=)[^&;]*|(?<=//)[^/@]*(?=@)", Pattern.CASE_INSENSITIVE);

  private final String jdbcUrl;
  private final @Nullable Path file;

  private DatabaseUri(String jdbcUrl, @Nullable Path file) {
    this.jdbcUrl = jdbcUrl;
    this.file = file;
  }

  /** An SQLite file; it need not be there yet. */
  public static DatabaseUri of(Path file) {
    Path absolute = file.toAbsolutePath();
    return new DatabaseUri(JDBC_SQLITE + absolute.toUri(), absolute);
  }

  /**
   * The database that a project's {@code db_uri} names: {@code default}, a path, {@code
   * sqlite:///path}, or any JDBC URL.
   *
   * @param runFolder where {@code default} puts its file
   * @param projectFolder what paths are relative to
   * @throws IllegalArgumentException if it is none of these, saying what to write instead
   */
  public static DatabaseUri parse(String dbUri, Path runFolder, Path projectFolder) {
    if (dbUri.equals(DEFAULT)) return of(runFolder.resolve(DEFAULT_FILE));
    if (dbUri.startsWith(JDBC)) return ofJdbc(dbUri);
    if (dbUri.startsWith(SQLITE)) return at(dbUri.substring(SQLITE.length()), projectFolder);
    if (SCHEME.matcher(dbUri).matches()) throw unknown(dbUri);
    return at(dbUri, projectFolder);
  }

  private static DatabaseUri at(String path, Path folder) {
    if (path.isBlank()) throw new IllegalArgumentException("\"\" names no database");
    try {
      return of(folder.resolve(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is not a path (" + e.getReason() + "): " + path, e);
    }
  }

  private static DatabaseUri ofJdbc(String url) {
    if (!url.startsWith(JDBC_SQLITE)) return new DatabaseUri(url, null);
    String path = url.substring(JDBC_SQLITE.length());
    boolean plain = !path.isEmpty() && !path.startsWith("file:") && !path.startsWith(":");
    return new DatabaseUri(url, plain && path.indexOf('?') < 0 ? Path.of(path) : null);
  }

  private static IllegalArgumentException unknown(String dbUri) {
    String scheme = SCHEME.matcher(dbUri).replaceFirst("$1").toLowerCase(Locale.ROOT);
    String kind = scheme.equals("postgres") ? "postgresql" : scheme;
    return new IllegalArgumentException(
        withoutPassword(dbUri)
            + " is not a path and not a JDBC URL; expected for example jdbc:"
            + kind
            + "://HOST/DATABASE?user=USER&password=PASSWORD");
  }

  /** A text that may be such a URI, without a password in it. */
  public static String withoutPassword(String text) {
    return PASSWORD.matcher(text).replaceAll("…");
  }

  String jdbcUrl() {
    return jdbcUrl;
  }

  /** Its file, if it is one. */
  public @Nullable Path file() {
    return file;
  }

  boolean isSqlite() {
    return jdbcUrl.startsWith(JDBC_SQLITE);
  }

  @Override
  public String toString() {
    return file == null ? withoutPassword(jdbcUrl) : file.toString();
  }
}
