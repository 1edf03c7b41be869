package dev.broadside.users.script;

import java.util.List;
import java.util.Map;

/**
 * What the compiler made of a script.
 *
 * @param classes the bytes of each class by its name, of the script and of the sources it needed
 * @param ownClasses the names of those that stand in the script itself
 */
record CompiledScript(Map<String, byte[]> classes, List<String> ownClasses) {}
