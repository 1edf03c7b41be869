#!/bin/bash
# Performs both examples by two users, twenty times each: a runner of one's own, then a JUnit test.
# Build first, in the folder above all: mvn package -DskipTests
set -e
cd "$(dirname "$0")"
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
loads="../../loads-protocol/target/loads-runner.jar"
main="target/classes:target/jars/*"
export BROADSIDE_LOG=target/loads-runner.log

coproc shop { "$java" -cp "$main" dev.broadside.examples.loads.ShopMain; }
read -r address <&"${shop[0]}"
"$java" -jar "$loads" run --users 2 --hits 20 \
  --test-runner="'$java' -cp '$main' {test} $address" dev.broadside.examples.loads.RunnerMain

"$java" -jar "$loads" run --users 2 --hits 20 \
  --test-runner="'$java' -jar $loads --classpath 'target/test-classes:$main' {test}" \
  dev.broadside.examples.loads.ShopTest
