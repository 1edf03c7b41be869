package dev.broadside.users.script;

import dev.broadside.users.Transaction;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which class of a source is the transaction: the public one, or else the only one. */
final class TransactionChoice {
  private TransactionChoice() {}

  /** The name of the class that was meant. */
  static String of(ScriptReference script, List<String> classNames, ClassLoader loader) {
    List<Class<?>> transactions =
        classNames.stream()
            .<Class<?>>map(name -> ScriptClasses.load(script, name, Object.class, loader))
            .filter(TransactionChoice::isTransaction)
            .toList();
    if (transactions.isEmpty()) throw none(script, classNames);
    return only(transactions, type -> isPublic(type) && !type.isMemberClass())
        .or(() -> only(transactions, TransactionChoice::isPublic))
        .or(() -> only(transactions, type -> true))
        .orElseThrow(() -> several(script, transactions))
        .getName();
  }

  private static boolean isTransaction(Class<?> type) {
    return Transaction.class.isAssignableFrom(type)
        && !Modifier.isAbstract(type.getModifiers())
        && !Modifier.isPrivate(type.getModifiers())
        && isFree(type);
  }

  /** Whether an instance can be made without one of another class. */
  private static boolean isFree(Class<?> type) {
    return type.getEnclosingClass() == null
        || (type.isMemberClass() && Modifier.isStatic(type.getModifiers()));
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers());
  }

  private static Optional<Class<?>> only(List<Class<?>> transactions, Predicate<Class<?>> wanted) {
    List<Class<?>> found = transactions.stream().filter(wanted).toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static ScriptException several(ScriptReference script, List<Class<?>> transactions) {
    String names = transactions.stream().map(Class::getName).collect(Collectors.joining(", "));
    return new ScriptException(
        "script "
            + script.text()
            + " has several transactions: "
            + names
            + "; make one of them public, or choose one with "
            + script.location()
            + "#"
            + transactions.get(0).getName());
  }

  private static ScriptException none(ScriptReference script, List<String> classNames) {
    return new ScriptException(
        "script "
            + script.text()
            + " has no transaction: one of its classes must implement "
            + Transaction.class.getName()
            + ", be neither abstract nor private, and if it is nested be static; found: "
            + (classNames.isEmpty() ? "no class" : String.join(", ", classNames)));
  }
}
