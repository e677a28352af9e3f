"""From sizes and edges to rectangles and routes: pure numbers, no ink."""
