package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.DataFile;
import io.phyla.evaluators.data.InvalidDataException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes PNG and JPEG files into planes of bytes, one after the other. The first one decides between grey and colour. */
final class PictureReader {

    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_SIZE = 1024;
    private static final int RGB = 3;
    private static final Set<String> FORMATS = Set.of("png", "jpeg");

    private final DataFile file;
    private int channels;
    private int height;
    private int width;
    private byte[] planes = {};

    PictureReader(DataFile file) {
        this.file = file;
    }

    int channels() {
        return channels;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** The last image, C,H,W; written over by the next. */
    byte[] planes() {
        return planes;
    }

    /** @throws io.phyla.evaluators.data.InvalidDataException naming the file that cannot be used */
    void decode(String entry) {
        BufferedImage image;
        try {
            image = image(entry, content(entry));
        } catch (InvalidDataException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw file.refused(entry, "cannot be decoded (" + e.getMessage() + "); save it as RGB or grey PNG or JPEG");
        }
        boolean grey = isGrey(image.getColorModel());
        if (channels == 0) {
            channels = grey ? 1 : RGB;
        }
        if (!grey && channels == 1) {
            throw file.refused(entry, "is in colour and the first image is grey; convert all to the same");
        }
        height = image.getHeight();
        width = image.getWidth();
        if (planes.length != channels * height * width) {
            planes = new byte[channels * height * width];
        }
        if (grey) {
            grey(entry, image);
        } else {
            colour(entry, image);
        }
    }

    /** Grey of less than eight bits comes as a palette. */
    private static boolean isGrey(ColorModel model) {
        return model instanceof IndexColorModel palette
                ? IntStream.range(0, palette.getMapSize())
                        .allMatch(i ->
                                palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i))
                : model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    private byte[] content(String entry) throws IOException {
        try (InputStream in = file.open(entry)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw file.refused(entry, "has more than " + MOST_BYTES + " bytes");
            }
            return bytes;
        }
    }

    /** Looks at the size before memory is taken for the pixels. */
    private BufferedImage image(String entry, byte[] content) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            ImageReader reader = reader(entry, in);
            try {
                reader.setInput(in, true, true);
                int high = reader.getHeight(0);
                int wide = reader.getWidth(0);
                if (high > MOST_SIZE || wide > MOST_SIZE) {
                    throw file.refused(
                            entry,
                            "has " + high + " x " + wide + " pixels; at most " + MOST_SIZE + " x " + MOST_SIZE
                                    + " are taken: scale all images down to one size");
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        }
    }

    /** The JDK could read others, too, whose decoders are not as careful with memory. */
    private ImageReader reader(String entry, ImageInputStream in) throws IOException {
        for (Iterator<ImageReader> readers = ImageIO.getImageReaders(in); readers.hasNext(); ) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
            reader.dispose();
        }
        throw file.refused(entry, "is no image; its content is neither PNG nor JPEG");
    }

    /** From the raster, since the JDK's own conversion takes grey values for linear ones and brightens them. */
    private void grey(String entry, BufferedImage image) {
        checkOpaque(entry, image);
        Raster raster = image.getRaster();
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        int shift = image.getColorModel().getComponentSize(0) - Byte.SIZE;
        int area = height * width;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                byte value = (byte) (palette ? image.getRGB(x, y) : raster.getSample(x, y, 0) >> shift);
                for (int channel = 0; channel < channels; channel++) {
                    planes[channel * area + y * width + x] = value;
                }
            }
        }
    }

    private void colour(String entry, BufferedImage image) {
        checkOpaque(entry, image);
        int area = height * width;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = image.getRGB(x, y);
                int at = y * width + x;
                planes[at] = (byte) (rgb >> 16);
                planes[area + at] = (byte) (rgb >> 8);
                planes[2 * area + at] = (byte) rgb;
            }
        }
    }

    private void checkOpaque(String entry, BufferedImage image) {
        if (!image.getColorModel().hasAlpha()) {
            return;
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (image.getRGB(x, y) >>> 24 != 0xff) {
                    throw file.refused(entry, "has transparent pixels; lay it over a ground of one colour");
                }
            }
        }
    }
}
