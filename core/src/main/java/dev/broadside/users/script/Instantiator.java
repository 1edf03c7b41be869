package dev.broadside.users.script;

import dev.broadside.users.UserContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes instances of a class through a constructor that need not be public, only not private. */
final class Instantiator<T> {
  private final Constructor<? extends T> constructor;

  private Instantiator(Constructor<? extends T> constructor) {
    this.constructor = constructor;
  }

  /** Through the constructor that takes a user, or else the one without arguments. */
  static <T> Instantiator<T> forUsers(ScriptReference script, Class<? extends T> type) {
    Constructor<? extends T> constructor = constructorOf(type, UserContext.class);
    if (constructor == null) constructor = constructorOf(type);
    return of(script, type, constructor, "a constructor without arguments or with a UserContext");
  }

  /** Through the constructor without arguments. */
  static <T> Instantiator<T> plain(ScriptReference script, Class<? extends T> type) {
    return of(script, type, constructorOf(type), "a constructor without arguments");
  }

  private static <T> Instantiator<T> of(
      ScriptReference script,
      Class<? extends T> type,
      @Nullable Constructor<? extends T> constructor,
      String wanted) {
    if (Modifier.isAbstract(type.getModifiers())) throw faulty(script, type, "is abstract");
    if (constructor == null) {
      throw faulty(script, type, "needs " + wanted + " that is not private" + hint(type));
    }
    if (!constructor.trySetAccessible()) throw faulty(script, type, closed(type));
    return new Instantiator<>(constructor);
  }

  /** Looked through by hand: to make the exception that says there is none takes long. */
  @SuppressWarnings("unchecked") // a class has no other constructors than its own
  private static <T> @Nullable Constructor<T> constructorOf(Class<T> type, Class<?>... arguments) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      boolean isPrivate = Modifier.isPrivate(constructor.getModifiers());
      if (!isPrivate && Arrays.equals(constructor.getParameterTypes(), arguments)) {
        return (Constructor<T>) constructor;
      }
    }
    return null;
  }

  private static String hint(Class<?> type) {
    boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    return inner ? "; as an inner class it must be static" : "";
  }

  private static String closed(Class<?> type) {
    return "is closed to this library; add \"opens "
        + type.getPackageName()
        + " to "
        + Instantiator.class.getModule().getName()
        + ";\" to the module-info.java of "
        + type.getModule().getName();
  }

  private static ScriptException faulty(ScriptReference script, Class<?> type, String fault) {
    return new ScriptException(
        "script " + script.text() + ": class " + type.getName() + " " + fault);
  }

  /** An instance for one user. */
  T create(UserContext user) {
    return constructor.getParameterCount() == 0 ? make() : make(user);
  }

  /** An instance that belongs to no user. */
  T create() {
    return make();
  }

  private T make(Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw Instantiator.<RuntimeException>rethrow(e.getTargetException());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot call " + constructor, e); // was checked when it was loaded
    }
  }

  @SuppressWarnings("unchecked") // as it was thrown, checked or not
  private static <E extends Throwable> RuntimeException rethrow(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
