package dev.broadside.users;

/** The load of an open profile. */
final class OpenLoad implements LoadDriver {
  private final OpenProfile profile;

  OpenLoad(OpenProfile profile, UserPool pool) {
    this.profile = profile;
  }

  @Override
  public void drive() {
    throw new UnsupportedOperationException(profile.stages().toString());
  }

  @Override
  public StartSource starts(int userNumber) {
    return () -> null;
  }
}
