"""Imported once by the server that workers are forked from: they start with the engine loaded and its caches filled.

A small page with the words and marks that most pages have is drawn and thrown away, so that each worker need not load
fonts, outlines and tables of its own; what they share lies in memory once.
"""

from __future__ import annotations

import gc

from banana_layout import pipeline

PAGE = """---
page: A5
---
# 🍌 추론 INFERENCE

어떻게 되는가

## 🎲 What is it?

- **bold** *italic* `code` ==mark== 모델은 다음 token을 예측하는 과정이다
- 0123456789 abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ

| 가 | B |
|---|---|
| 1 | 2 |

> 인용 quote

## 📌 Flow

```mermaid
flowchart LR
    A([시작]) --> B{예?}
    B -->|yes| C[끝]
```
"""

pipeline.to_pdf(pipeline.read(PAGE))
gc.freeze()  # what is here stays: looking through it in every worker would only copy it
