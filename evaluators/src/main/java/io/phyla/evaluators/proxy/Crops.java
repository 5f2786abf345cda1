package io.phyla.evaluators.proxy;

import io.phyla.evaluators.data.Batch;
import io.phyla.evaluators.data.Batches;
import io.phyla.evaluators.data.Dataset.Split;
import io.phyla.evaluators.engine.SplitMix;
import java.util.ArrayList;
import java.util.List;

/** Random squares of one random channel of training images, the inputs of {@link LinearRegions}. */
final class Crops {

    static final int SIZE = 3;
    static final int PIXELS = SIZE * SIZE;
    static final int BATCH = 1000;

    private static final int BATCHES = 3;
    private static final int DRAWN_AT_ONCE = 250;

    private Crops() {}

    /** Three batches of a thousand crops each, as published; images repeat where the data set has fewer. */
    static List<float[]> draw(Batches data, int trainingImages, long seed) {
        SplitMix random = new SplitMix(seed);
        List<float[]> batches = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            float[] crops = new float[BATCH * PIXELS];
            int done = 0;
            while (done < BATCH) {
                int count = Math.min(Math.min(DRAWN_AT_ONCE, trainingImages), BATCH - done);
                Batch images = data.draw(Split.TRAIN, count, random.nextLong());
                for (int image = 0; image < count; image++) {
                    crop(images, image, random, crops, done + image);
                }
                done += count;
            }
            batches.add(crops);
        }
        return batches;
    }

    private static void crop(Batch images, int image, SplitMix random, float[] crops, int target) {
        int size = images.size();
        int plane = (image * images.channels() + random.nextInt(images.channels())) * size * size;
        int row = random.nextInt(size - SIZE + 1);
        int column = random.nextInt(size - SIZE + 1);
        for (int i = 0; i < PIXELS; i++) {
            crops[target * PIXELS + i] = images.images()[plane + (row + i / SIZE) * size + column + i % SIZE];
        }
    }
}
