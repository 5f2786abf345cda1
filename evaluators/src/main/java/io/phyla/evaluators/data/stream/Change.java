package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.engine.SplitMix;
import java.util.Arrays;

/** What crop, flip and cutout do to one image; drawn anew for each, in place, since there are thousands a second. */
final class Change {

    private final Augmentation augmentation;
    private final int size;
    private int right;
    private int down;
    private boolean mirrored;
    private int cutLeft;
    private int cutTop;

    /** Changes nothing until something is drawn. */
    Change(Augmentation augmentation, int size) {
        this.augmentation = augmentation;
        this.size = size;
    }

    void draw(SplitMix random) {
        if (augmentation.crop() > 0) {
            down = random.nextInt(2 * augmentation.crop() + 1) - augmentation.crop();
            right = random.nextInt(2 * augmentation.crop() + 1) - augmentation.crop();
        }
        if (augmentation.flip()) {
            mirrored = random.nextLong() < 0;
        }
        if (augmentation.cutout() > 0) {
            cutTop = random.nextInt(size) - augmentation.cutout() / 2;
            cutLeft = random.nextInt(size) - augmentation.cutout() / 2;
        }
    }

    /** Sets what would be drawn. */
    void set(int right, int down, boolean mirrored) {
        this.right = right;
        this.down = down;
        this.mirrored = mirrored;
    }

    /**
     * Writes a changed plane.
     *
     * @param image bytes, the plane from an offset on
     * @param values what each byte becomes; the first of them is black
     * @param target the plane from the same offset on
     */
    void apply(byte[] image, int offset, float[] values, float[] target) {
        int first = Math.clamp(-right, 0, size);
        int last = Math.clamp(size - right, 0, size);
        for (int y = 0; y < size; y++) {
            int row = offset + y * size;
            int source = offset + (y + down) * size + right;
            if (y + down < 0 || y + down >= size) {
                Arrays.fill(target, row, row + size, values[0]);
                continue;
            }
            Arrays.fill(target, row, row + first, values[0]);
            for (int x = first; x < last; x++) {
                target[row + x] = values[image[source + x] & 0xff];
            }
            Arrays.fill(target, row + last, row + size, values[0]);
            if (mirrored) {
                reverse(target, row, row + size - 1);
            }
        }
        if (augmentation.cutout() > 0) {
            cut(target, offset);
        }
    }

    private static void reverse(float[] row, int from, int to) {
        for (int left = from, right = to; left < right; left++, right--) {
            float swap = row[left];
            row[left] = row[right];
            row[right] = swap;
        }
    }

    /** Zero is the mean of what is normalised. */
    private void cut(float[] target, int offset) {
        int left = Math.clamp(cutLeft, 0, size);
        int right = Math.clamp(cutLeft + augmentation.cutout(), 0, size);
        int bottom = Math.clamp(cutTop + augmentation.cutout(), 0, size);
        for (int y = Math.clamp(cutTop, 0, size); y < bottom; y++) {
            Arrays.fill(target, offset + y * size + left, offset + y * size + right, 0);
        }
    }
}
