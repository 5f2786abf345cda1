package io.phyla.evaluators.data.stream;

import io.phyla.evaluators.data.Dataset;
import io.phyla.evaluators.data.Dataset.Split;
import java.util.function.BooleanSupplier;

/** A split once, in its order and as it is. */
final class EvaluationBatches implements BatchSource {

    private final ImageWriter writer;
    private final Change unchanged;
    private final float[] planes;

    EvaluationBatches(Dataset data, Split split, int size) {
        this.writer = new ImageWriter(data, split, size);
        this.unchanged = writer.change(Augmentation.NONE);
        this.planes = writer.planes();
    }

    @Override
    public boolean fill(long number, ImageBatch batch, BooleanSupplier wanted) {
        batch.begin(number);
        long first = number * batch.size();
        int count = (int) Math.clamp(writer.images() - first, 0L, batch.size());
        for (int i = 0; i < count; i++) {
            if (!wanted.getAsBoolean()) {
                return false;
            }
            int label = writer.read((int) first + i, unchanged, planes);
            batch.add(label, label, 1);
            writer.write(planes, batch.image(i));
        }
        if (count < batch.size()) {
            batch.pad();
        }
        return count > 0;
    }
}
