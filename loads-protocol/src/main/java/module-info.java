/** The protocol of Loads, Mozilla's load testing framework, seen from Java. */
module dev.broadside.loads {
  requires static org.jspecify;
}
