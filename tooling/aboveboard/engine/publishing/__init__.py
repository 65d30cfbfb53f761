"""From a commit to a published site: taken out, built, looked over, sealed with its sums, swapped, deployed."""
