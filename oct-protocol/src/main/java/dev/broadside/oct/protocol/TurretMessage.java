package dev.broadside.oct.protocol;

/** What a turret sends to the headquarters. */
public sealed interface TurretMessage permits TurretStatus, TransactionResult {}
