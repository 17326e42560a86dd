"""Pages of the policy desk: for editors and publishers of policy, each within the divisions of their offices."""
