package dev.broadside.examples.demo;

// What follows is in README.md, letter by letter; ReadmeTest compares them.
import dev.broadside.oct.Turret;
import dev.broadside.oct.hq.Headquarters;
import dev.broadside.report.ConsoleReport;
import dev.broadside.users.Transaction;
import dev.broadside.users.TransactionContext;

public class FirstTurret {
  static class Login implements Transaction {
    @Override
    public void run(TransactionContext context) throws Exception {
      try (var timer = context.timer("password")) {
        Thread.sleep(20); // here come your requests; what throws is a failure
      }
    }
  }

  public static void main(String[] args) {
    try (Headquarters hq = Headquarters.builder().build(); // listens on 127.0.0.1, runs for 10 s
        Turret turret = Turret.builder(Login::new).name("navigation").cannons(50).build()) {
      hq.start();
      turret.start();
      System.out.print(ConsoleReport.text(hq.run()));
    }
  }
}
