/** OCT: turrets that fire under any headquarters, and a headquarters that commands any turret. */
module dev.broadside.oct {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires transitive dev.broadside.core;
  requires static info.picocli;
  requires static jdk.httpserver; // only for the live page
  requires static java.sql; // only to keep results
  requires static org.apache.commons.compress;
  requires static org.jspecify;
  requires static org.junit.jupiter.api; // only for tests of turrets
  requires static org.tukaani.xz;

  opens dev.broadside.oct.cli to
      info.picocli;

  exports dev.broadside.oct;
  exports dev.broadside.oct.hq;
  exports dev.broadside.oct.junit;
  exports dev.broadside.oct.live;
  exports dev.broadside.oct.packaging;
}
