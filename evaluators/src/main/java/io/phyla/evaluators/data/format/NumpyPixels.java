package io.phyla.evaluators.data.format;

import io.phyla.evaluators.data.DataFile;
import io.phyla.evaluators.data.DataFormat.Keeping;
import io.phyla.evaluators.data.ImageCollector;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Turns an array's values into bytes from 0 to 255. Floating-point images come as 0 to 1 or as 0 to 255, which only the largest
 * value of all tells.
 */
final class NumpyPixels {

    private static final int LARGEST = 255;

    private final DataFile file;
    private final Npy.Type type;
    private final double factor;

    private NumpyPixels(DataFile file, Npy.Type type, double factor) {
        this.file = file;
        this.type = type;
        this.factor = factor;
    }

    /** Reads a floating-point array once to find its range. */
    static NumpyPixels of(DataFile file, String entry) throws IOException {
        try (Npy images = Npy.open(file, entry)) {
            Npy.Type type = images.type();
            if (type.kind() == 'u' && type.bytes() == 1) {
                return new NumpyPixels(file, type, 1);
            }
            if (!type.isFloat()) {
                throw file.refused(entry, "has values of type " + type + "; images are u1 (uint8), f4 or f8");
            }
            return new NumpyPixels(file, type, largest(file, images) <= 1 ? LARGEST : 1);
        }
    }

    private static double largest(DataFile file, Npy images) {
        NumpyLayout layout = NumpyLayout.of(file, images);
        String entry = images.entry();
        long count = images.shape()[0];
        // Whatever is too much is refused before all of it is unpacked.
        ImageCollector room =
                new ImageCollector(file, Keeping.FORM, entry, layout.channels(), layout.height(), layout.width());
        room.expect(entry, count, entry, count);
        int values = room.image();
        ByteBuffer item = images.item(values);
        double largest = 0;
        for (int i = 0; i < count; i++) {
            images.read(item, i);
            for (int at = 0; at < values; at++) {
                largest = Math.max(largest, value(item, at, images.type()));
            }
        }
        return largest;
    }

    private static double value(ByteBuffer item, int at, Npy.Type type) {
        return type.bytes() == 4 ? item.getFloat(at * Float.BYTES) : item.getDouble(at * Double.BYTES);
    }

    /** @param target C,H,W */
    void convert(ByteBuffer item, NumpyLayout layout, byte[] target, Npy images, int i) {
        if (!images.type().equals(type)) {
            throw file.refused(
                    images.entry(), "has values of type " + images.type() + ", the training images of type " + type);
        }
        int area = layout.height() * layout.width();
        for (int channel = 0; channel < layout.channels(); channel++) {
            for (int pixel = 0; pixel < area; pixel++) {
                int at = layout.stored(channel, pixel);
                target[channel * area + pixel] =
                        type.isFloat() ? rounded(value(item, at, type), images, i) : item.get(at);
            }
        }
    }

    private byte rounded(double value, Npy images, int i) {
        double scaled = Math.rint(value * factor);
        if (!(scaled >= 0 && scaled <= LARGEST)) {
            throw file.refused(
                    images.entry(),
                    "has the value " + value + " in image " + i + "; all values have to lie in 0 to "
                            + (factor == 1 ? LARGEST : 1)
                            + ", as pixels do before they are normalised");
        }
        return (byte) (int) scaled;
    }
}
