"""The network learns, survives the way to ONNX and back, and goes on with a user's samples."""

import json
import subprocess
import sys

import numpy as np
import pytest

from deid import Deidentifier, ModelError, Samples
from deid.detection.tagger import MODEL, load_tagger, read_model
from deid.evaluation.generating import generate

pytestmark = pytest.mark.train


@pytest.fixture(scope="module")
def samples():
    return generate(40, seed=11)


@pytest.fixture(scope="module")
def trained(samples, tmp_path_factory):
    from deid.training.finetuning import train

    folder = tmp_path_factory.mktemp("models") / "own"
    return train(samples, folder, epochs=1, seed=1)


def test_torch_and_onnx_give_the_same_scores(tmp_path):
    import torch

    from deid.training.export import export, restore

    network = restore(None).eval()
    export(network, tmp_path / MODEL)
    text = "患者王建国住合肥市蜀山区"
    with torch.no_grad():
        expected = network(torch.from_numpy(network.encode(text))[None])[0].numpy()

    tagger = load_tagger(tmp_path)
    scores = tagger._session.run(
        None,
        {
            "characters": network.encode(text)[None].astype(np.int32),
            "lengths": np.array([len(text)], np.int32),
        },
    )[0]

    assert np.allclose(scores, expected, atol=1e-3)


def test_layers_of_any_size_survive_the_way_to_onnx_and_back(tmp_path):
    import torch

    from deid.training.export import export, restore
    from deid.training.network import Network

    network = Network("患者王建国", width=4, units=(6, 3)).eval()
    export(network, tmp_path / MODEL)
    restored = restore(tmp_path).eval()
    characters = torch.from_numpy(network.encode("王建国王"))[None]
    with torch.no_grad():
        scores, expected = restored(characters)[0], network(characters)[0]

    assert [layer.hidden_size for layer in restored.layers] == [6, 3]
    assert torch.allclose(scores, expected, atol=1e-3)


def test_a_layer_and_what_it_learns_are_those_of_torch():
    import torch

    from deid.training.recurrence import Layer

    torch.manual_seed(1)
    ours, torchs = Layer(5, 4), torch.nn.GRU(5, 4, batch_first=True, bidirectional=True)
    torchs.load_state_dict(ours.state_dict())
    read, wanted = torch.randn(3, 7, 5), torch.randn(3, 7, 8)
    reads = read.clone().requires_grad_(), read.clone().requires_grad_()

    given, expected = ours(reads[0]), torchs(reads[1])[0]
    (given * wanted).sum().backward()
    (expected * wanted).sum().backward()

    assert torch.allclose(given, expected, atol=1e-6)
    assert torch.allclose(reads[0].grad, reads[1].grad, atol=1e-5)
    of_torch = dict(torchs.named_parameters())
    for name, parameter in ours.named_parameters():
        assert torch.allclose(parameter.grad, of_torch[name].grad, atol=1e-5), name


def test_a_network_of_the_size_of_its_teacher_starts_with_all_it_knows():
    import torch

    from deid.training.network import Network
    from deid.training.teacher import teacher

    text = "国家主席在北京会见了李娜"
    network = Network("".join(sorted(set(text))), units=(128, 128)).eval()
    network.start_from(teacher().weights(), teacher().vocabulary)
    with torch.no_grad():
        words = network(torch.from_numpy(network.encode(text))[None])[1]

    assert words[0].argmax(dim=1).tolist() == teacher().tag([text])[0].tolist()


def test_what_is_learned_lowers_the_loss(samples):
    from deid.training.fitting import Pace, fit
    from deid.training.network import Network
    from deid.training.sentences import sentences

    items = [item for sample in samples for item in sentences(sample.text, sample.marks)]
    losses = []
    network = Network("".join(sorted({c for item in items for c in item.text})), width=16, units=(16, 8))

    pace = Pace(batch=4000, of_embedding=3e-4, of_layers=1e-3)
    fit(network, items, None, epochs=3, seed=1, pace=pace, report=lambda epoch, loss: losses.append(loss))

    assert losses[-1] < losses[0]


def test_training_writes_a_model_that_deid_uses(trained, samples):
    own = Deidentifier(model=trained.folder)

    assert own.detect("患者王建国，男，58岁。")
    assert own.model_digest != Deidentifier().model_digest
    card = json.loads((trained.folder / "training.json").read_text("utf-8"))
    assert card["learned"] + card["held out"] == len(samples)


def test_before_and_after_are_measured_on_the_same_held_out_samples(trained):
    assert trained.before.scores.documents == trained.after.scores.documents
    assert len(trained.before.scores.documents) < 40


def test_an_existing_folder_is_refused(samples, tmp_path):
    from deid.training.finetuning import train

    with pytest.raises(ModelError, match="exists"):
        train(samples, tmp_path)


def test_too_few_samples_are_refused(tmp_path):
    from deid.training.finetuning import train

    with pytest.raises(ModelError, match="samples"):
        train(Samples(generate(3, seed=1).items), tmp_path / "model")


def test_networks_of_names_learn_from_samples(samples, tmp_path):
    from deid.detection.names.surroundings import READING, WEIGHING, Surroundings
    from deid.detection.networks import session
    from deid.training.surroundings import examples, train

    (tmp_path / MODEL).write_bytes(read_model())
    found = examples((str(number % 5), sample) for number, sample in enumerate(samples))

    figures = train(found, tmp_path, tmp_path)

    networks = Surroundings(*(session((tmp_path / name).read_bytes()) for name in (READING, WEIGHING)))
    odds = np.concatenate([networks.named(e.reading.text, e.spans) for e in found])
    named = np.concatenate([e.named for e in found])
    assert odds[named == 1].mean() > odds[named == 0].mean() + 0.3
    assert figures.right <= min(figures.found, figures.named)


def test_networks_of_words_and_numbers_learn_from_samples(samples, tmp_path):
    from deid.detection.networks import session
    from deid.detection.remaining import names, numbers
    from deid.training import layers
    from deid.training import numbers as of_numbers
    from deid.training import words as of_words

    (tmp_path / MODEL).write_bytes(read_model())
    vocabulary, known = layers.of_tagger(tmp_path)
    found = of_words.examples(enumerate(samples), vocabulary)

    figures = of_words.train(found, vocabulary, known, tmp_path)
    rows, named = of_numbers._examples(samples, numbers.rows_of(vocabulary), [numbers.NONE, "PHONE_NUMBER"])

    network = session((tmp_path / names.READING).read_bytes())
    odds = network.run(None, {"around": np.concatenate([example.rows for example in found])})[0]
    somebody = np.concatenate([example.named for example in found])
    assert odds[somebody == 1].mean() > odds[somebody == 0].mean() + 0.5
    assert figures.right <= min(figures.found, figures.named)
    assert rows.shape == (len(named), numbers.COLUMNS)
    assert set(named.tolist()) == {0, 1}


def test_glances_are_learned_with_names_that_few_texts_hold_as_well():
    from random import Random

    from deid.training.glances import _renamed

    sentences = ["李建国今日复诊", "患者诉头痛"]
    finds = [[(0, 3, "PER", 0.99)], []]

    renamed = {new for seed in range(9) for new in _renamed(sentences, finds, Random(seed))}

    assert len(renamed) > 1
    assert all(new.endswith("今日复诊") and "李建国" not in new for new in renamed)


def test_what_glances_at_sentences_learns_what_the_tagger_finds(samples, tmp_path):
    from deid.training.glances import train

    (tmp_path / MODEL).write_bytes(read_model())
    sentences = ["医生建议患者多休息", "这种疾病要注意饮食"] * 20
    sentences += [f"{name}今日复诊" for name in ("李建国", "王秀兰", "张志强", "陈小红") for _ in range(10)]

    train(tuple(sentences), tmp_path)

    gate = load_tagger(tmp_path).gate
    assert gate(["李建国今日复诊", "张志强今日复诊"]) == [True, True]
    assert (tmp_path / "glances.onnx").stat().st_size < 1_000_000


def test_processes_of_a_rebuild_find_what_they_are_to_do(tmp_path):
    """Each seed is a process of its own; the first thing that it does is to read the data."""
    done = subprocess.run(
        [sys.executable, "-m", "deid.training", "--seeds", "1", "2", "--out", tmp_path / "model"]
        + [f"--{name}={tmp_path / 'nothing'}" for name in ("shared", "samples", "labelled")],
        capture_output=True,
        text=True,
    )

    assert done.returncode
    assert "FileNotFoundError" in done.stderr.splitlines()[-1]
