"""Training of the shipped tagger, and its continuation on a user's samples (extra `[train]`).

`corpus` collects labelled sentences, `network` is the model in torch, `fitting` trains it,
`export` writes it as ONNX for `deid.detection.tagger`.
"""
