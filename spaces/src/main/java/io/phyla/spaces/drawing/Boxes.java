package io.phyla.spaces.drawing;

import io.phyla.spaces.design.Network;
import io.phyla.spaces.design.Network.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts a network's layers into boxes. Normalisation, activation and dropout join the layer they follow if nothing else reads
 * it; where names say that they belong to the layer behind them (a pre-activation), they open its box instead.
 */
final class Boxes {

    private final Network network;
    private final List<Node> nodes;
    private final int[] users;
    private final int[] user;
    private final int[] boxOf;
    private final List<List<Integer>> members = new ArrayList<>();
    private final Set<String> heads = new HashSet<>();
    private final Set<String> parents = new HashSet<>();

    private Boxes(Network network) {
        this.network = network;
        nodes = network.nodes();
        users = new int[nodes.size()];
        user = new int[nodes.size()];
        boxOf = new int[nodes.size()];
        for (int i = 0; i < nodes.size(); i++) {
            heads.add(head(nodes.get(i).name()));
            parents.add(head(head(nodes.get(i).name())));
            for (int input : nodes.get(i).inputs()) {
                users[input]++;
                user[input] = i;
            }
        }
    }

    static List<Box> of(Network network) {
        Boxes boxes = new Boxes(network);
        for (int i = 0; i < boxes.nodes.size(); i++) {
            boxes.put(i);
        }
        return boxes.members.stream().map(boxes::box).toList();
    }

    private void put(int node) {
        if (joins(node)) {
            boxOf[node] = boxOf[nodes.get(node).inputs().getFirst()];
            members.get(boxOf[node]).add(node);
        } else {
            boxOf[node] = members.size();
            members.add(new ArrayList<>(List.of(node)));
        }
    }

    private boolean joins(int node) {
        List<Integer> inputs = nodes.get(node).inputs();
        if (inputs.size() != 1 || users[inputs.getFirst()] != 1 || kind(inputs.getFirst()) == LayerKind.INPUT) {
            return false;
        }
        int before = inputs.getFirst();
        if (kind(node) == LayerKind.FOLLOWER) {
            return !prepares(node, before);
        }
        return kind(node) != LayerKind.ZERO
                && kin(before, node)
                && members.get(boxOf[before]).stream().allMatch(each -> kind(each) == LayerKind.FOLLOWER);
    }

    /** Whether the names say that a follower belongs to what comes after it. */
    private boolean prepares(int node, int before) {
        return users[node] == 1 && !kin(before, node) && kin(node, user[node]);
    }

    private boolean kin(int one, int other) {
        return head(nodes.get(one).name()).equals(head(nodes.get(other).name()));
    }

    private LayerKind kind(int node) {
        return LayerKind.of(nodes.get(node).layer());
    }

    private Box box(List<Integer> members) {
        Set<Integer> inputs = new LinkedHashSet<>();
        nodes.get(members.getFirst()).inputs().forEach(input -> inputs.add(boxOf[input]));
        LayerKind kind = members.stream()
                .map(this::kind)
                .filter(each -> each != LayerKind.FOLLOWER)
                .findFirst()
                .orElse(LayerKind.FOLLOWER);
        List<String> labels =
                members.stream().map(each -> LayerLabel.of(network, each)).toList();
        String name = nodes.get(members.getFirst()).name();
        String part = members.size() > 1 && !head(name).isEmpty() ? head(name) : name;
        String shape = network.shapes().get(members.getLast()).toString();
        boolean plain = kind == LayerKind.INPUT || kind == LayerKind.JOIN;
        String detail = plain ? shape : part.substring(part.lastIndexOf('.') + 1) + " · " + shape;
        return new Box(
                members, List.copyOf(inputs), kind, group(members.getFirst()), String.join(" · ", labels), detail);
    }

    /**
     * What frames a box: the part of its name before the last word of its own, or less where layers stand beside it directly
     * ({@code reduction1.add} beside {@code reduction1.shortcut.pool}).
     */
    private String group(int node) {
        String head = head(nodes.get(node).name());
        String group = parents.contains(head) || head(head).isEmpty() ? head : head(head);
        while (!head(group).isEmpty() && heads.contains(head(group))) {
            group = head(group);
        }
        return group;
    }

    private static String head(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
}
