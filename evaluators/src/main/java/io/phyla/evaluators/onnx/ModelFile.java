package io.phyla.evaluators.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.UnsafeByteOperations;

/** A model's file as messages, after what can be known without its graph has been checked. */
record ModelFile(ModelProto model, long opset, Set<String> notes) {

    /** Names under which the standard operators are imported. */
    static final Set<String> STANDARD = Set.of("", "ai.onnx");

    private static final int OLDEST_OPSET = 7;
    private static final int NEWEST_OPSET = 23;
    private static final int NEWEST_IR = 13;

    static ModelFile read(Path file, OnnxLimits limits) throws IOException, OnnxException {
        ByteString bytes = UnsafeByteOperations.unsafeWrap(bytes(file, limits));
        Set<String> notes = WireCheck.check(bytes, limits);
        CodedInputStream in = bytes.newCodedInput();
        in.enableAliasing(true);
        in.setSizeLimit(Integer.MAX_VALUE);
        in.setRecursionLimit(WireCheck.DEEPEST);
        ModelProto model = ModelProto.parseFrom(in);
        in.checkLastTagWas(0);
        List<Fault> faults = new ArrayList<>();
        long opset = opset(model, faults);
        if (model.getIrVersion() < 3 || model.getIrVersion() > NEWEST_IR) {
            faults.add(new Fault(
                    "model",
                    "its IR version must be from 3 to " + NEWEST_IR + ", not " + model.getIrVersion()));
        }
        model.getFunctionsList()
                .forEach(function -> faults.add(new Fault(
                        "model", "its function '" + Labels.shown(function.getName()) + "' cannot be read")));
        if (!model.hasGraph()) {
            faults.add(new Fault("model", "it has no graph"));
        }
        if (!faults.isEmpty()) {
            throw new OnnxException(faults.subList(0, Math.min(faults.size(), OnnxReader.MOST_FAULTS)));
        }
        if (model.getTrainingInfoCount() > 0) {
            notes.add("its training information is left out");
        }
        return new ModelFile(model, opset, notes);
    }

    /** No more than allowed, even of a file that grows. */
    private static byte[] bytes(Path file, OnnxLimits limits) throws IOException, OnnxException {
        long size = Files.size(file);
        if (size <= limits.bytes()) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes((int) size + 1);
                if (bytes.length == size) {
                    return bytes;
                }
            }
            throw new IOException("the file changed while it was read");
        }
        throw new OnnxException(List.of(new Fault(
                "model", "its file has " + size + " bytes, more than the allowed " + limits.bytes())));
    }

    private static long opset(ModelProto model, List<Fault> faults) {
        List<Long> versions = model.getOpsetImportList().stream()
                .filter(each -> STANDARD.contains(each.getDomain()))
                .map(OperatorSetIdProto::getVersion)
                .distinct()
                .toList();
        if (versions.size() != 1) {
            faults.add(new Fault("model", "it must import one version of the standard operators, not " + versions.size()));
            return 0;
        }
        long opset = versions.getFirst();
        if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
            faults.add(new Fault("model", "its opset must be from " + OLDEST_OPSET + " to " + NEWEST_OPSET + ", not " + opset));
        }
        return opset;
    }

    String producer() {
        return Labels.shown((model.getProducerName() + " " + model.getProducerVersion()).strip());
    }
}
