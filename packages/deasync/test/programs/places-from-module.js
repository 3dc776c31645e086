import './places.cjs'
