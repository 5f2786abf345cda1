package io.phyla.evaluators.data;

/** Nothing marks a file of CIFAR records, so whatever is no archive may be one. */
public final class CifarFormat implements DataFormat {

    @Override
    public String name() {
        return "cifar";
    }

    @Override
    public String description() {
        return "a file of CIFAR-10 or CIFAR-100 binary records, plain or gzipped";
    }

    @Override
    public boolean recognises(DataFile file) {
        return !file.isArchive();
    }

    @Override
    public Dataset read(DataFile file, Keeping keeping) {
        return switch (keeping) {
            case IMAGES -> Cifar.read(file.name(), file.path(), file.sha256());
            case FORM -> Cifar.check(file.name(), file.path(), file.sha256());
        };
    }
}
