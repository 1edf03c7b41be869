package dev.broadside.oct.store;

import dev.broadside.oct.protocol.TransactionResult;

/**
 * Takes stored results, one after the other.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface RowVisitor<X extends Exception> {
  /** Takes one. */
  void visit(long id, TransactionResult result) throws X;
}
