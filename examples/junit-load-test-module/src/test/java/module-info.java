/** Load tests in a module: open, since JUnit makes and calls them by reflection. */
open module com.example.modular {
  requires dev.broadside.core;
  requires org.assertj.core;
  requires org.junit.jupiter.api;
}
