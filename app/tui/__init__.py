"""The screens, in Textual. They speak to the engine over its pipe and never import torch."""
