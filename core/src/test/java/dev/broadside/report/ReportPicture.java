package dev.broadside.report;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Makes the picture of a report that the README shows; CONTRIBUTING.md says how. */
final class ReportPicture {
  private ReportPicture() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("report");
    Path report = folder.resolve("results.html");
    HtmlReport.write(SampleRun.result(), SampleRun.DETAILS, report);
    try (Chromium chromium = Chromium.start(Files.createDirectory(folder.resolve("profile")));
        ChromiumPage page = chromium.newPage()) {
      page.look(1080, 1170, false);
      page.open(report.toUri());
      page.picture(folder.resolve("report.png"));
    }
    packed(ImageIO.read(folder.resolve("report.png").toFile()), new File(arguments[0]));
  }

  /** As small as it gets: a browser is content with less. */
  private static void packed(BufferedImage picture, File file) throws IOException {
    BufferedImage opaque =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    opaque.createGraphics().drawImage(picture, 0, 0, null);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(0);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(opaque, null, null), settings);
    }
  }
}
