"""The commands of TeX that are one sign (Lamport, LaTeX, 2nd edition, tables 3.3 to 3.9)."""

from collections.abc import Mapping


def _table(text: str) -> Mapping[str, str]:
    words = text.split()
    return {f"\\{name}": sign for name, sign in zip(words[::2], words[1::2], strict=True)}


LETTERS = _table(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ "
    "iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς "
    "tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ "
    "Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ℏ imath ı jmath ȷ"
)

OPERATORS = _table(
    "le ≤ leq ≤ leqslant ≤ ge ≥ geq ≥ geqslant ≥ ne ≠ neq ≠ ll ≪ gg ≫ lt < gt > equiv ≡ "
    "approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ "
    "circ ∘ bullet • oplus ⊕ otimes ⊗ wedge ∧ land ∧ vee ∨ lor ∨ neg ¬ lnot ¬ cap ∩ cup ∪ "
    "in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ setminus ∖ emptyset ∅ "
    "varnothing ∅ forall ∀ exists ∃ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ "
    "Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦ longrightarrow → "
    "uparrow ↑ downarrow ↓ infty ∞ partial ∂ nabla ∇ angle ∠ perp ⊥ parallel ∥ mid ∣ vert | "
    "Vert ‖ | ‖ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } "
    "ldots … dots … cdots ⋯ prime ′ degree ° therefore ∴ because ∵ Re ℜ Im ℑ aleph ℵ top ⊤ bot ⊥"
)

LARGE = _table("sum ∑ prod ∏ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂")

FUNCTIONS = frozenset(
    f"\\{name}"
    for name in "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp max min "
    "sup inf lim limsup liminf det dim ker gcd arg deg Pr mod".split()
)

SPACES: Mapping[str, str] = {
    f"\\{name}": " " for name in (",", ";", ":", " ", "quad", "qquad", "thinspace")
}

ACCENTS = _table(
    "hat \u0302 bar \u0304 vec \u20d7 tilde \u0303 dot \u0307 ddot \u0308 overline \u0305 "
    "widehat \u0302 widetilde \u0303"
)

_DOUBLED = {"N": "ℕ", "Z": "ℤ", "Q": "ℚ", "R": "ℝ", "C": "ℂ", "P": "ℙ", "H": "ℍ", "E": "𝔼"}


def doubled(letter: str) -> str:
    """Return a letter with doubled strokes, as of sets of numbers, ``""`` if it has none."""
    return _DOUBLED.get(letter, "")
