package dev.broadside.oct.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Opens connections. A driver that is not there is named, with how to add it. */
final class Drivers {
  private static final Map<String, String> COORDINATES =
      Map.of(
          "sqlite", "org.xerial:sqlite-jdbc",
          "postgresql", "org.postgresql:postgresql",
          "mysql", "com.mysql:mysql-connector-j",
          "mariadb", "org.mariadb.jdbc:mariadb-java-client",
          "h2", "com.h2database:h2");

  private Drivers() {}

  /**
   * Connects.
   *
   * @throws StoreException if there is no driver for it
   */
  static Connection connect(DatabaseUri database, Properties settings) throws SQLException {
    require(database);
    return DriverManager.getConnection(database.jdbcUrl(), settings);
  }

  /**
   * Looks whether there is a driver for it.
   *
   * @throws StoreException if there is none
   */
  static void require(DatabaseUri database) {
    try {
      if (database.isSqlite()) Class.forName("org.sqlite.JDBC"); // in the loader of this class
      DriverManager.getDriver(database.jdbcUrl());
    } catch (SQLException | ClassNotFoundException | NoClassDefFoundError e) {
      throw new StoreException(missing(database), e);
    }
  }

  private static String missing(DatabaseUri database) {
    String kind = database.jdbcUrl().split(":", 3)[1].toLowerCase(Locale.ROOT);
    return "results in "
        + database
        + " need a JDBC driver, which is not there; add "
        + COORDINATES.getOrDefault(kind, "the one for jdbc:" + kind)
        + " to the dependencies (on the module path also with --add-modules), or run the command"
        + " with its jar: java -cp oct.jar:DRIVER.jar dev.broadside.oct.cli.OctCommand";
  }
}
